import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { differencesPage } from "../against-native/page.js";
import { pairs } from "../against-native/pairs/index.js";
import { lineAt, type Check } from "./check.js";
import { textIfThere } from "./files.js";

const file = "docs/against-native.md";
const place = /(<!-- differences -->\n)([\s\S]*?)(<!-- \/differences -->)/;

/** What the page says of differences between our filters and Envoy's is what the comparison accepts. */
export const nativeDifferences: Check = {
  name: "the differences from Envoy's own filters are listed",
  run(root) {
    const text = textIfThere(root, file);
    const match = place.exec(text);
    if (!match) {
      const remedy = "Put <!-- differences --> and <!-- /differences --> where the tables belong.";
      return [{ file, message: "has no place for the differences", remedy }];
    }
    if (match[2]!.trim() === differencesPage(pairs).trim()) return [];
    const message = "the differences are not those that the comparison accepts";
    const remedy = "Run: npm run check -- --write differences";
    return [{ file, line: lineAt(text, match.index), message, remedy }];
  },
  async mend(root) {
    const text = textIfThere(root, file);
    const written = text.replace(place, (_, start, __, end) => `${start}\n${differencesPage(pairs)}\n${end}`);
    writeFileSync(join(root, file), written);
  },
};

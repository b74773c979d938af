import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, optionTable } from "../build/index.js";
import { alignedTable } from "../terminal/markdown.js";
import { lineAt, type Check, type Finding } from "./check.js";
import { foldersIn, textIfThere } from "./files.js";

const place = /(<!-- options -->\n)([\s\S]*?)(<!-- \/options -->)/;

/** What a README says of a filter's settings is what the filter's code says. */
export const optionTables: Check = {
  name: "option tables match the filters",
  async run(root) {
    const findings: Finding[] = [];
    for (const name of documented(root)) findings.push(...(await compare(root, name)));
    return findings;
  },
  async mend(root) {
    for (const name of documented(root)) {
      const text = textIfThere(root, readme(name));
      const table = await tableOf(root, name);
      writeFileSync(join(root, readme(name)), text.replace(place, `$1\n${table}\n$3`));
    }
  },
};

function readme(name: string): string {
  return `filters/${name}/README.md`;
}

function documented(root: string): string[] {
  return foldersIn(root, "filters").filter((name) => existsSync(join(root, readme(name))));
}

async function compare(root: string, name: string): Promise<Finding[]> {
  const file = readme(name);
  const text = textIfThere(root, file);
  const match = place.exec(text);
  if (!match) {
    const remedy =
      "Put <!-- options --> and <!-- /options --> where it belongs, and run: npm run check -- --write";
    return [{ file, message: "has no place for its option table", remedy }];
  }
  if (match[2]!.trim() === (await tableOf(root, name)).trim()) return [];
  const message = "the option table is not what the code says";
  return [{ file, line: lineAt(text, match.index), message, remedy: "Run: npm run check -- --write" }];
}

async function tableOf(root: string, name: string): Promise<string> {
  const settings = await describe(join(root, "filters", name));
  return settings.length === 0 ? "It has no settings.\n" : alignedTable(optionTable(settings));
}

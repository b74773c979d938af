import { existsSync } from "node:fs";
import { join } from "node:path";
import { compilerFindings } from "./asc.js";
import type { Check } from "./check.js";
import { foldersIn } from "./files.js";

/** What anybody may import, and the callbacks. */
const library = ["meshscript/assembly/entry", "meshscript/assembly"];

/** The compiler's own warnings and errors about all that is public in the library, and about each filter. */
export const cleanLibrary: Check = {
  name: "asc has nothing to say about library and filters",
  async run(root) {
    const filters = foldersIn(root, "filters").filter((name) =>
      existsSync(join(root, `filters/${name}/filter.ts`)),
    );
    const lines = [
      ...library.map((path) => `export * from ${JSON.stringify(path)};`),
      ...filters.map((name) => `import ${JSON.stringify(`./filters/${name}/filter`)};`),
    ];
    return compilerFindings(root, lines.join("\n"), "Library and filters have no warnings.");
  },
};

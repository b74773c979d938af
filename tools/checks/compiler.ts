import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import asc from "assemblyscript/asc";
import { ENTRY, sourceReader } from "../build/sources.js";
import type { Check, Finding } from "./check.js";
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
    return (await said(root, lines.join("\n"))).flatMap(findingsIn);
  },
};

async function said(root: string, entry: string): Promise<string[]> {
  const { error, stderr } = await asc.main([ENTRY, "--noEmit", "--exportStart", "_initialize"], {
    readFile: sourceReader(root, entry),
    writeFile: () => {},
    listFiles: () => [],
  });
  // On build servers the compiler writes in colours, wherever it writes to.
  const text = stripVTControlCharacters(stderr.toString());
  return error && text === "" ? [error.message] : text.split(/\n\n(?=[A-Z])/);
}

/** Names are exported here only to have them compiled; that a class becomes no export of the module is as it should be. */
const noExport = "AS235";

/** A message of the compiler: its first line says what, its last line where. */
function findingsIn(message: string): Finding[] {
  const [, code, what] = /^(?:ERROR|WARNING)(?: (\w+))?: (.*)$/m.exec(message) ?? [];
  if (what === undefined || code === noExport) return [];
  const [, path = "", line] = /in ([^\s(]+)\((\d+),\d+\)/.exec(message) ?? [];
  const file = path.replace(/^~lib\/meshscript\//, "").replace(/^node_modules\/meshscript\//, "");
  return [
    {
      file,
      line: line ? Number(line) : undefined,
      message: what,
      remedy: "Library and filters have no warnings.",
    },
  ];
}

import { stripVTControlCharacters } from "node:util";
import asc from "assemblyscript/asc";
import { ENTRY, sourceReader } from "../build/sources.js";
import type { Finding } from "./check.js";

/** What the compiler has to say about an entry text, and all that it reaches, in a project. Nothing is built. */
export async function compilerFindings(project: string, entry: string, remedy: string): Promise<Finding[]> {
  const { error, stderr } = await asc.main(
    [ENTRY, "--noEmit", "--exportStart", "_initialize", "--enable", "simd"],
    {
      readFile: sourceReader(project, entry),
      writeFile: () => {},
      listFiles: () => [],
    },
  );
  // On build servers the compiler writes in colours, wherever it writes to.
  const text = stripVTControlCharacters(stderr.toString());
  const messages = error && text === "" ? [`ERROR: ${error.message}`] : text.split(/\n\n(?=[A-Z])/);
  return messages.flatMap((message) => findingsIn(message, remedy));
}

/** Names are exported only to have them compiled; that a class becomes no export of the module is as it should be. */
const noExport = "AS235";

/** A message of the compiler: its first line says what, its last line where. */
function findingsIn(text: string, remedy: string): Finding[] {
  const [, code, message] = /^(?:ERROR|WARNING)(?: (\w+))?: (.*)$/m.exec(text) ?? [];
  if (message === undefined || code === noExport) return [];
  const [, path = "", line] = /in ([^\s(]+)\((\d+),\d+\)/.exec(text) ?? [];
  const file = path.replace(/^~lib\/meshscript\//, "").replace(/^node_modules\/meshscript\//, "");
  return [{ file, line: line ? Number(line) : undefined, message, remedy }];
}

import { callbacks, hostFunctions, type AbiRow } from "../abi/rows.js";
import type { Check, Finding } from "./check.js";
import { projectFiles, textIfThere } from "./files.js";

const rowsFile = "tools/abi/rows.ts";
const environment = ["assembly/abi/env.ts", "assembly/abi/wasi_snapshot_preview1.ts"];
const entry = "assembly/entry.ts";

/** What `docs/abi.md` lists is what the library imports and exports, under names that authors find in it. */
export const abiRows: Check = {
  name: "the ABI's table and the library agree",
  run: (root) => [
    ...compared(
      environment.flatMap((file) => importsIn(textIfThere(root, file))),
      hostFunctions,
    ),
    ...compared(exportsIn(textIfThere(root, entry)), callbacks),
    ...[...hostFunctions, ...callbacks].flatMap((row) => [
      ...unknownNames(root, row),
      ...lostTests(root, row),
    ]),
  ],
};

function importsIn(text: string): string[] {
  return [...text.matchAll(/^export declare function (\w+)/gm)].map(([, name]) => name!);
}

function exportsIn(text: string): string[] {
  return [...text.matchAll(/^export function (proxy_on_\w+)/gm)].map(([, name]) => name!);
}

function compared(there: readonly string[], rows: readonly AbiRow[]): Finding[] {
  const listed = rows.map(({ name }) => name);
  const missing = there.filter((name) => !listed.includes(name));
  const lost = listed.filter((name) => !there.includes(name));
  return [
    ...missing.map((name) => finding(`${name} has no row`, "Add a row with its public name.")),
    ...lost.map((name) =>
      finding(`${name} is nowhere in the library`, "Remove the row, or build what it promises."),
    ),
  ];
}

function unknownNames(root: string, { name, library }: AbiRow): Finding[] {
  const lost = library.filter((one) => !isPublic(root, one));
  return lost.map((one) => finding(`${name}: the library has no ${one}`, "Name what authors find in it."));
}

function lostTests(root: string, { name, elsewhere }: AbiRow): Finding[] {
  if (!elsewhere || textIfThere(root, elsewhere.file).includes(`test("${elsewhere.name}"`)) return [];
  return [
    finding(`${name}: ${elsewhere.file} has no test "${elsewhere.name}"`, "Name the test that shows it."),
  ];
}

/** `Class`, `Class.member` or `namespace.function`. */
function isPublic(root: string, path: string): boolean {
  const [owner, member] = path.split(".");
  const texts = sources(root).filter((text) =>
    new RegExp(`^export (abstract )?class ${owner}\\b`, "m").test(text),
  );
  if (member === undefined) return texts.length > 0;
  const module = new RegExp(`import \\* as ${owner} from "\\./([\\w/-]+)"`).exec(
    textIfThere(root, "assembly/index.ts"),
  );
  const all = module ? [textIfThere(root, `assembly/${module[1]}.ts`), ...texts] : texts;
  return all.some((text) =>
    new RegExp(`^(export function|  (static |abstract |get )*) ?${member}\\b`, "m").test(text),
  );
}

function sources(root: string): string[] {
  const files = projectFiles(root).filter((file) => file.startsWith("assembly/") && file.endsWith(".ts"));
  return files.map((file) => textIfThere(root, file));
}

function finding(message: string, remedy: string): Finding {
  return { file: rowsFile, message, remedy };
}

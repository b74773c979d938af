import { alignedTable } from "../terminal/markdown.js";
import { bestCase, type Exercise, type Shown } from "./exercised.js";
import { beyond, callbacks, hostFunctions, type AbiRow } from "./rows.js";

/** `docs/abi.md`; `present`: as it is now. Equal cases give an equal page. */
export function abiPage(exercises: readonly Exercise[], present = ""): string {
  const shown = shownIn(present);
  return (
    [
      "# The proxy-wasm ABI in meshscript",
      "",
      "Each host function and each callback of [ABI 0.2.1](https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.1),",
      "what an author calls it, and a traffic case that makes use of it. Cases play in the emulator and in real Envoy, with the",
      "same verdict. Written by `npm run abi -- --write`; `npm test` compares it with what its cases do.",
      "",
      "## Host functions",
      "",
      tableOf(hostFunctions, "Host function", exercises, shown),
      "## Callbacks",
      "",
      tableOf(callbacks, "Callback", exercises, shown),
      "## Beyond the specification",
      "",
      "Envoy knows these, too. The library makes no use of them.",
      "",
      alignedTable(
        [
          "| Name | Why not |",
          "| - | - |",
          ...Object.entries(beyond).map(([name, why]) => `| \`${name}\` | ${why} |`),
        ].join("\n"),
      ),
    ]
      .join("\n")
      .trimEnd() + "\n"
  );
}

function tableOf(
  rows: readonly AbiRow[],
  heading: string,
  exercises: readonly Exercise[],
  shown: Shown,
): string {
  const lines = rows.map(
    (row) => `| \`${row.name}\` | ${libraryCell(row)} | ${caseCell(row, exercises, shown)} |`,
  );
  return alignedTable([`| ${heading} | In the library | Shown by |`, "| - | - | - |", ...lines].join("\n"));
}

function libraryCell({ library, note }: AbiRow): string {
  const names = library.map((name) => `\`${name}\``).join(", ");
  return [names, note].filter(Boolean).join(", ");
}

function caseCell(row: AbiRow, exercises: readonly Exercise[], present: Shown): string {
  const shown = row.elsewhere
    ? { ...row.elsewhere, notOnEnvoy: undefined }
    : bestCase(row.name, exercises, present);
  if (shown === undefined) return "";
  const where = shown.notOnEnvoy ?? row.notOnEnvoy;
  const only = where === undefined ? "" : ` (emulator only: ${where})`;
  return `[${shown.name.replaceAll("|", "\\|")}](../${shown.file})${only}`;
}

/** The cases that a page names, by function. */
function shownIn(page: string): Shown {
  const rows = page.matchAll(/^\| `(\w+)` .*\| \[(.*)\]\(\.\.\/[^)]*\)/gm);
  return new Map([...rows].map(([, name, shown]) => [name!, shown!.replaceAll("\\|", "|")]));
}

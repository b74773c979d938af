import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { measureGuest } from "./guest/measure.js";
import { profileGuest } from "./guest/profile.js";
import type { GuestSetup } from "./guest/run.js";
import { decimal, table, whole } from "./table.js";
import { codeParts, sectionParts } from "./wasm/size-parts.js";
import type { SizePart } from "./wasm/size-parts.js";
import { sizeWithoutCustom } from "./wasm/sections.js";

/**
 * Measures one module and returns what it found as text.
 * Arguments: path, `--configuration TEXT`, `--header "NAME: VALUE"` (again for more),
 * `--withhold NAME,NAME` (callbacks that the host does not make), `--new-agents` (each request another user agent), `--parts` for sizes by part, `--profile` for instructions by
 * function.
 */
export function guestReport(args: string[]): string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      configuration: { type: "string" },
      header: { type: "string", multiple: true },
      withhold: { type: "string" },
      "new-agents": { type: "boolean" },
      parts: { type: "boolean" },
      profile: { type: "boolean" },
    },
  });
  const binary = readFileSync(positionals[0] ?? "");
  const setup = {
    configuration: values.configuration,
    agents: values["new-agents"] ? ("new" as const) : ("same" as const),
    headers: values.header?.map(splitHeader),
    withheld: values.withhold?.split(","),
  };
  const tables = [costTable(binary, setup)];
  if (values.profile) tables.push(profileTable(binary, setup));
  if (values.parts) tables.push(partsTable(binary));
  return tables.join("\n\n");
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(":", 1);
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function costTable(binary: Uint8Array, setup: GuestSetup): string {
  const figures = measureGuest(binary, setup);
  return table(
    ["figure", "value"],
    [
      ["size without custom sections, bytes", whole(sizeWithoutCustom(binary))],
      ["wasm instructions per request", decimal(figures.instructions)],
      ["host calls per request", decimal(figures.hostCalls)],
      ["callbacks per request", decimal(figures.callbacks)],
      ["GC allocations per request", figures.allocations === null ? "unknown" : decimal(figures.allocations)],
      ["memory pages: start, 2,000, 22,000 requests", figures.pages.join(", ")],
      ["wasm instructions to start", whole(figures.startInstructions)],
    ],
  );
}

function profileTable(binary: Uint8Array, setup: GuestSetup): string {
  const lines = profileGuest(binary, setup);
  return table(
    ["function", "instr/request"],
    lines.map((line) => [line.name, decimal(line.instructions)]),
  );
}

function partsTable(binary: Uint8Array): string {
  const rows = (parts: SizePart[], kind: string): string[][] =>
    parts.map((part) => [`${kind} ${part.name}`, whole(part.bytes)]);
  return table(
    ["part", "bytes"],
    [...rows(sectionParts(binary), "section"), ...rows(codeParts(binary), "functions of")],
  );
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) console.log(guestReport(argv.slice(2)));

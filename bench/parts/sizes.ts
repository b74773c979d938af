import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Limit } from "../limits.js";
import type { PartResult } from "../part.js";
import { table, whole } from "../table.js";
import { variant } from "../variants/built.js";
import type { Built, Variants } from "../variants/built.js";
import { codeParts, sectionParts } from "../wasm/size-parts.js";
import type { SizePart } from "../wasm/size-parts.js";
import { sizeWithoutCustom, withoutCustom } from "../wasm/sections.js";

const LIMITS = [
  { name: "one-header", what: "class filter that sets one literal response header", atMost: 1536 },
  {
    name: "text-setting",
    what: "filter with a text header, a text setting and a refusal",
    atMost: 13 * 1024,
  },
  { name: "headers", what: "the headers filter", atMost: 20 * 1024 },
];
const OTHERS = ["w1-string", "w1-setting", "w1-bytes", "w1-stateful", "pass-on", "raw", "rust"];
const SHOWN_SECTIONS = ["code", "data", "exports", "imports"];

/** Variants that this part looks at. */
export const SIZED = [...LIMITS.map((limit) => limit.name), ...OTHERS];

/** Sizes of all modules without custom sections, by part, and the three size limits. */
export function measureSizes(variants: Variants): PartResult {
  const modules = SIZED.map((name) => variant(variants, name));
  return {
    title: "Sizes in bytes, without custom sections",
    text: [sizeTable(modules), sourceTable(modules.slice(0, LIMITS.length))].join("\n\n"),
    limits: LIMITS.map(({ name, what, atMost }) => sizeLimit(variant(variants, name), what, atMost)),
  };
}

function sizeLimit(module: Built, what: string, atMost: number): Limit {
  const limit = { name: `size of ${module.name} (${what})`, atMost, unit: "bytes" };
  if ("missing" in module) return { ...limit, value: null, missing: module.missing };
  return { ...limit, value: sizeWithoutCustom(readFileSync(module.path)) };
}

function sizeTable(modules: readonly Built[]): string {
  const head = ["module", "bytes", "gzip", ...SHOWN_SECTIONS, "other sections"];
  return table(head, modules.map(sizeRow));
}

function sizeRow(module: Built): string[] {
  if ("missing" in module) return [`${module.name}: left out, ${module.missing}`];
  const binary = readFileSync(module.path);
  const total = sizeWithoutCustom(binary);
  const parts = sectionParts(binary);
  const shown = SHOWN_SECTIONS.map((name) => parts.find((part) => part.name === name)?.bytes ?? 0);
  const other = shown.reduce((left, bytes) => left - bytes, total);
  return [module.name, ...[total, gzipSync(withoutCustom(binary)).length, ...shown, other].map(whole)];
}

/** Code by the folder it was compiled from: one column for each module. */
function sourceTable(modules: readonly Built[]): string {
  const present = modules.filter((module) => "path" in module);
  const columns = present.map((module) => codeParts(readFileSync(module.path)));
  const folders = [...new Set(columns.flat().map((part) => part.name))].sort();
  const rows = folders.map((folder) => [folder, ...columns.map((parts) => bytesOf(parts, folder))]);
  return table(["code from", ...present.map((module) => module.name)], rows);
}

function bytesOf(parts: readonly SizePart[], name: string): string {
  const part = parts.find((candidate) => candidate.name === name);
  return part ? whole(part.bytes) : "-";
}

import { countImports, functionBodies, functionNames } from "./module-info.js";
import { readSections, SECTION } from "./sections.js";

/** A part of a module and its bytes. */
export interface SizePart {
  readonly name: string;
  readonly bytes: number;
}

/** Bytes of each section, custom ones left out, largest first. */
export function sectionParts(binary: Uint8Array): SizePart[] {
  const kept = readSections(binary).filter((section) => section.id !== SECTION.custom);
  return kept.map((s) => ({ name: s.name, bytes: s.size })).sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of the functions of each source folder, by their names, largest first; nameless ones together. */
export function codeParts(binary: Uint8Array): SizePart[] {
  const sections = readSections(binary);
  const { functions: imported } = countImports(sections);
  const names = functionNames(sections);
  const sums = new Map<string, number>();
  functionBodies(sections).forEach((body, i) => {
    const folder = sourceFolder(names.get(imported + i) ?? "");
    sums.set(folder, (sums.get(folder) ?? 0) + body.length);
  });
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** Folder that a compiled function comes from: `~lib/rt` for `~lib/rt/tlsf/allocateBlock`, one level below a root. */
export function sourceFolder(name: string): string {
  if (name === "") return "(no name)";
  const path = name.split(/[<#(]/)[0]!.split("/").slice(0, -1);
  const assembly = path.lastIndexOf("assembly");
  if (assembly >= 0) return path.slice(assembly, assembly + 2).join("/");
  return path.slice(0, path[0] === "~lib" ? 2 : 3).join("/") || "(other)";
}

import { attemptIn, type Suspect } from "./attempts.js";
import type { LogLine } from "./log.js";

export interface FilterLine {
  level: string;
  text: string;
  /** Name of the plugin that spoke. */
  plugin: string;
}

/** What Envoy's line prefix is made of; each part is left out at times. */
export interface Speaker {
  name: string;
  rootId: string;
  vmId: string;
}

const problemMark = "configuration: ";

/** The lines that filters logged, without Envoy's prefix. */
export function filterLines(lines: readonly LogLine[], speakers: readonly Speaker[]): FilterLine[] {
  return lines.filter(isFilterLine).map((line) => {
    const { text, plugin } = withoutPrefix(line.text.slice("wasm log".length), speakers);
    return { level: line.level, text, plugin };
  });
}

/** What filters logged, and what they tried without being allowed to: level, a blank, the text. */
export function linesOfFilters(lines: readonly LogLine[], chain: readonly (Speaker & Suspect)[]): string[] {
  return lines.flatMap((line) => {
    const attempt = attemptIn(line, chain);
    if (attempt !== undefined) return `${line.level} ${attempt}`;
    return filterLines([line], chain).map(({ level, text }) => `${level} ${text}`);
  });
}

/** What the filters found wrong with their configurations: in order, and once however many VMs said so. */
export function configurationProblems(lines: readonly LogLine[], speakers: Speaker[]): string[] {
  const said = filterLines(lines, speakers).filter((line) => line.text.startsWith(problemMark));
  const once = new Map(
    said.map((line) => [`${line.plugin}\n${line.text}`, line.text.slice(problemMark.length)]),
  );
  return [...once.values()];
}

export function isFilterLine(line: LogLine): boolean {
  return line.component === "wasm" && /^wasm log\b/.test(line.text);
}

function withoutPrefix(text: string, speakers: readonly Speaker[]): { text: string; plugin: string } {
  for (const speaker of speakers) {
    const prefix = prefixes(speaker).find((candidate) => text.startsWith(candidate));
    if (prefix !== undefined) return { text: text.slice(prefix.length), plugin: speaker.name };
  }
  return { text: text.replace(/^[^:]*: /, ""), plugin: "" };
}

/** Envoy names the plugin only within a stream, and leaves out what is empty. */
function prefixes({ name, rootId, vmId }: Speaker): string[] {
  const tail = [rootId, vmId].filter((part) => part !== "").map((part) => ` ${part}`);
  return [` ${name}${tail.join("")}: `, `${tail.join("")}: `];
}

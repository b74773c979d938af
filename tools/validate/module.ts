import { readFileSync, statSync } from "node:fs";
import { readLength, sections } from "../build/wasm.js";
import { forbiddenOf } from "../targets/forbidden.js";
import type { Target } from "../targets/index.js";
import type { Builder } from "./builder.js";
import { found, type Finding, type Outcome } from "./report.js";
import type { Subject } from "./subject.js";
import { about, type Place } from "./yaml-file.js";

const MiB = 1024 * 1024;
const PAGE = 64 * 1024;

/** What hosts and the agents that pull modules for them take at most, in bytes. */
interface Limits {
  module?: number;
  memory?: number;
}

const image: Limits = { module: 256 * MiB };
const limits: Record<string, Limits> = {
  istio: image,
  "istio-traffic-extension": image,
  "envoy-gateway": image,
  higress: image,
  gcp: { module: 256 * MiB, memory: 16 * MiB },
};

/** Whether a host of this kind can run the module: what it lacks, and how much it takes. */
export async function checkModule(subject: Subject, target: Target, builder: Builder): Promise<Outcome> {
  const { link, chain } = subject;
  const sizes = tooLarge(link.wasmPath, limits[target.name] ?? {});
  const forbidden = forbiddenOf(link.module, target);
  const origins = forbidden.length > 0 ? await builder.origins(link, target) : {};
  return found(
    ...forbidden.map(
      ([name, why]): Finding => ({
        ...placeOf(origins[name], chain),
        text: `${link.name}: uses ${name}, which ${target.name} does not allow: ${why}`,
        hint: "Deploy it elsewhere, or write the filter without that.",
      }),
    ),
    ...sizes.map((text) => about(chain, `${link.name}: ${text} for ${target.name}`)),
  );
}

/** In the author's own file where that is known: `filters/x/filter.ts:12`. */
function placeOf(origin: string | undefined, chain: Place): Pick<Finding, "file" | "line"> {
  const [, file, line] = /^(.+):(\d+)$/.exec(origin ?? "") ?? [];
  return file === undefined ? about(chain, "") : { file, line: Number(line) };
}

function tooLarge(wasmPath: string, { module, memory }: Limits): string[] {
  const size = statSync(wasmPath).size;
  return [
    ...(module !== undefined && size > module
      ? [`the module has ${inMiB(size)} of at most ${inMiB(module)}`]
      : []),
    ...(memory === undefined ? [] : tooMuchMemory(maximumMemory(readFileSync(wasmPath)), memory)),
  ];
}

function tooMuchMemory(most: number | null, memory: number): string[] {
  if (most === null) return [`the module declares no maximum for its memory, of at most ${inMiB(memory)}`];
  return most > memory ? [`the module's memory may grow to ${inMiB(most)} of at most ${inMiB(memory)}`] : [];
}

/** To how many bytes the module's memory may grow; null where it does not say. */
function maximumMemory(binary: Uint8Array): number | null {
  const content = sections(binary).find(({ name, custom }) => name === "memory" && !custom)?.content;
  if (!content) return null;
  const hasMaximum = (content[1]! & 1) === 1;
  const [, after] = readLength(content, 2);
  return hasMaximum ? readLength(content, after)[0] * PAGE : null;
}

function inMiB(bytes: number): string {
  return `${Math.ceil(bytes / MiB)} MiB`;
}

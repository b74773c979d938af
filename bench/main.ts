import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { findEnvoy } from "../tools/envoy/find.js";
import type { Envoy } from "../tools/envoy/found.js";
import { UserError } from "../tools/errors.js";
import { packageRoot } from "../tools/package-root.js";
import { totals, verdict } from "./limits.js";
import { surroundings } from "./machine.js";
import { parseOptions } from "./options.js";
import type { BenchOptions, PartName } from "./options.js";
import type { PartResult } from "./part.js";
import { AUTH_PARTS, measureAuth, neededBy } from "./parts/auth.js";
import type { AuthPart } from "./parts/auth.js";
import { measureEnvoy, RUN_IN_ENVOY } from "./parts/envoy.js";
import { measureGuests, RUN_ALONE } from "./parts/guest.js";
import { measureMemory, WATCHED } from "./parts/memory.js";
import { measureScale, SCALED } from "./parts/scale.js";
import { measureSizes, SIZED } from "./parts/sizes.js";
import { partText, resultsFile } from "./report.js";
import { buildVariants } from "./variants/all.js";
import type { Variants } from "./variants/built.js";

const NEEDED = { sizes: SIZED, guest: RUN_ALONE, envoy: RUN_IN_ENVOY, memory: WATCHED, scale: SCALED };
const IN_ENVOY: readonly PartName[] = ["envoy", "memory", "w2", "w3", "keys"];

/** Measures and prints; resolves to the exit code: 0 with every limit kept, 1 with one broken, 2 for wrong use. */
export async function runBench(args: string[]): Promise<number> {
  let options: BenchOptions | null = null;
  try {
    options = parseOptions(args);
    return await measure(options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error([error.message, error.hint].filter(Boolean).join("\n"));
    return options === null ? 2 : 1;
  }
}

async function measure(options: BenchOptions): Promise<number> {
  const envoy = options.parts.some((part) => IN_ENVOY.includes(part)) ? await availableEnvoy() : null;
  const made = surroundings(envoy?.version ?? null);
  const variants = await buildVariants(options.parts.flatMap(variantsOf));
  const results: PartResult[] = [];
  for (const part of options.parts) {
    const result = await measurePart(part, variants, envoy, options.quick);
    console.log(`${partText(result)}\n`);
    results.push(result);
  }
  console.log(made.join("\n"));
  if (options.write) writeResults(results, made);
  const limits = results.flatMap((result) => result.limits);
  console.log(totals(limits));
  return limits.some((limit) => verdict(limit) === "failed") ? 1 : 0;
}

function isAuthPart(part: PartName): part is AuthPart {
  return part in AUTH_PARTS;
}

function variantsOf(part: PartName): readonly string[] {
  return isAuthPart(part) ? neededBy(part) : NEEDED[part];
}

async function availableEnvoy(): Promise<Envoy | null> {
  const found = await findEnvoy();
  if (found.available) return found;
  console.error(found.message);
  return null;
}

async function measurePart(
  part: PartName,
  variants: Variants,
  envoy: Envoy | null,
  quick: boolean,
): Promise<PartResult> {
  if (isAuthPart(part)) return measureAuth(part, variants, envoy?.path ?? null, quick);
  if (part === "sizes") return measureSizes(variants);
  if (part === "guest") return measureGuests(variants);
  if (part === "memory") return measureMemory(variants, envoy?.path ?? null, quick);
  if (part === "scale") return measureScale(variants, quick);
  return measureEnvoy(variants, envoy?.path ?? null, quick);
}

function writeResults(results: readonly PartResult[], made: readonly string[]): void {
  const path = join(packageRoot, "bench", "RESULTS.md");
  writeFileSync(path, resultsFile(results, made, new Date().toISOString().slice(0, 10)));
  console.log(`written: ${path}`);
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  process.exitCode = await runBench(argv.slice(2));
}

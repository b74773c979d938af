import { explain, type Failure } from "./failure.js";
import type { Speaker } from "./filter-log.js";
import { logReader } from "./log.js";
import { run } from "./program.js";
import { redactorFor } from "./redact.js";
import { scratch } from "./scratch.js";

/** A module that loops while it is configured must not hang us: milliseconds. */
const bound = 60_000;

export type Validation = { valid: true } | ({ valid: false } & Failure);

/**
 * Asks Envoy whether it would take a bootstrap: it loads the modules and configures the filters, then exits.
 * `cwd` is the folder to which the modules' paths are relative, `env` the environment that filters may see.
 */
export async function validate(
  binary: string,
  bootstrap: string,
  speakers: Speaker[] = [],
  cwd?: string,
  env?: NodeJS.ProcessEnv,
): Promise<Validation> {
  const place = scratch();
  const log = logReader();
  try {
    const file = place.write("envoy.yaml", bootstrap);
    const levels = ["--log-level", "warn", "--component-log-level", "wasm:info"];
    const args = ["--mode", "validate", "-c", file, "--log-format", log.format, ...levels];
    const { code, output } = await run(binary, args, { cwd, env, bound });
    if (code === 0) return { valid: true };
    log.feed(output);
    return { valid: false, ...explain(log.lines(), speakers, redactorFor(bootstrap)) };
  } finally {
    place.remove();
  }
}

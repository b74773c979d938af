import { basename, dirname, join } from "node:path";
import { scratch } from "../envoy/scratch.js";
import { validate } from "../envoy/validate.js";
import { UserError } from "../errors.js";
import type { Generated } from "../targets/target.js";
import { publish, type Written } from "./publish.js";
import { wholeBootstrap, type WholeBootstrap } from "./whole.js";

/**
 * Publishes what an Envoy of its own takes, in a process of its own: a module can end the Envoy that loads it. `envoy` is
 * the path of the program. A UserError lists what is wrong; then nothing changes.
 */
export async function publishChecked(folder: string, generated: Generated, envoy: string): Promise<Written> {
  const problems = await refusals(generated, envoy);
  if (problems.length === 0) return publish(folder, generated);
  throw new UserError(
    problems.map((problem) => `refused: ${problem}`).join("\n"),
    "Nothing was published: what was there goes on serving.",
  );
}

/** Why Envoy would not take a version, a sentence for each filter or for the bootstrap; none where it would. */
export async function refusals(generated: Generated, envoy: string): Promise<string[]> {
  const place = scratch();
  try {
    publish(place.folder, generated);
    const bootstraps = Object.keys(generated.files).filter((path) => basename(path) === "envoy.yaml");
    const found: string[] = [];
    for (const path of bootstraps) {
      const folder = join(place.folder, dirname(path));
      found.push(...(await refusalsOf(wholeBootstrap(generated.files, path), envoy, folder)));
    }
    return found;
  } finally {
    place.remove();
  }
}

/** Only where the chain is refused is each filter asked for alone: whose fault it is Envoy does not always say. */
async function refusalsOf(whole: WholeBootstrap, envoy: string, folder: string): Promise<string[]> {
  const chain = await refusalOf(whole, envoy, folder);
  if (chain === null) return [];
  const found: string[] = [];
  for (const { name } of whole.filters) {
    const alone = await refusalOf(whole.only(name), envoy, folder);
    if (alone !== null) found.push(`${name}: ${alone}`);
  }
  return found.length > 0 ? found : [chain];
}

async function refusalOf(whole: WholeBootstrap, envoy: string, folder: string): Promise<string | null> {
  const outcome = await validate(envoy, whole.text, whole.filters, folder, environmentFor(whole));
  if (outcome.valid) return null;
  if (outcome.problems.length > 0) return outcome.problems.join("; ");
  return outcome.reason || "Envoy did not finish loading it";
}

/** Who publishes need not have the secrets that the serving Envoy has in its environment. */
function environmentFor({ variables }: WholeBootstrap): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(variables.map((name) => [name, `stands in for ${name}`])), ...process.env };
}

import { findEnvoy } from "../envoy/find.js";
import { validate } from "../envoy/validate.js";
import { generateBootstrap } from "../envoy/bootstrap.js";
import { referencesIn } from "./references.js";
import { found, nothing, type Outcome } from "./report.js";
import { bootstrapOf } from "../targets/envoy.js";
import type { BuiltMesh } from "../targets/index.js";
import { about, type Place } from "./yaml-file.js";

/** Asks an Envoy that is at hand whether it would take the chain; modules are named relative to `project`. */
export async function checkWithEnvoy(mesh: BuiltMesh, place: Place, project: string): Promise<Outcome> {
  const envoy = await findEnvoy({ install: false });
  if (!envoy.available) return { ...nothing(), unchecked: [`envoy --mode validate: ${envoy.message}`] };
  const options = bootstrapOf(mesh);
  const bootstrap = generateBootstrap(options);
  const verdict = await validate(envoy.path, bootstrap, options.chain, project, standIns(mesh));
  if (verdict.valid) return nothing();
  const reasons = verdict.problems.length > 0 ? verdict.problems : [verdict.reason];
  return found(
    ...reasons.map((reason) => about(place, `Envoy ${envoy.version} refuses the chain: ${reason}`)),
  );
}

/** Variables that are not set here; where the proxy runs they will be. */
function standIns(mesh: BuiltMesh): NodeJS.ProcessEnv {
  const references = mesh.links.flatMap(({ manifest }) => referencesIn(manifest.configuration));
  const names = references.filter(({ kind }) => kind === "env").map(({ name }) => name);
  return { ...Object.fromEntries(names.map((name) => [name, `stands in for ${name}`])), ...process.env };
}

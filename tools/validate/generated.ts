import type { Mesh } from "../mesh/mesh.js";
import type { Target } from "../targets/index.js";
import type { Builder } from "./builder.js";
import { checkWithEnvoy } from "./envoy.js";
import { each } from "./mistakes.js";
import { checkResources, holdsResources } from "./resources/check.js";
import { merged, type Outcome } from "./report.js";
import type { Subject } from "./subject.js";
import { about, type Place } from "./yaml-file.js";

/** Targets whose chains an Envoy by itself runs, and can judge. */
const envoys = new Set(["envoy", "ecds", "kubernetes"]);

/** Checks what would be generated from a chain that is well by itself. */
export async function checkGenerated(
  mesh: Mesh,
  subjects: readonly Subject[],
  target: Target,
  builder: Builder,
  withEnvoy: boolean,
): Promise<Outcome> {
  const place = ofChain(subjects[0]!.chain);
  const spot = () => about(place, "");
  const built = await each([mesh], spot, (one) => builder.build(one, target));
  const generated = await each(built.results, spot, (one) => target.generate(one));
  const files = generated.results.flatMap(({ files }) => Object.entries(files));
  const resources = files.filter(([path, text]) => /\.ya?ml$/.test(path) && holdsResources(text));
  const outcomes = resources.map(([path, text]) => checkResources(text, `${path} (generated)`));
  const judged = withEnvoy && envoys.has(target.name) ? built.results : [];
  for (const one of judged) outcomes.push(await checkWithEnvoy(one, place, builder.project));
  return merged([built, generated, ...outcomes]);
}

/** A chain as a whole is written where its first filter is. */
function ofChain(place: Place): Place {
  return { ...place, within: place.within.slice(0, 1) };
}

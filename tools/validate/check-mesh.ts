import { join } from "node:path";
import type { Mesh } from "../mesh/mesh.js";
import { shownPath } from "../shown-path.js";
import type { BuiltLink, Target } from "../targets/index.js";
import type { Builder } from "./builder.js";
import { checkChain, isDefined } from "./chain.js";
import { checkConfiguration } from "./configuration.js";
import { checkGenerated } from "./generated.js";
import { each } from "./mistakes.js";
import { checkModule } from "./module.js";
import { merged, type Outcome } from "./report.js";
import { placesOf, type Subject } from "./subject.js";

/** Checks a chain for a target: each filter, the chain as a whole and, where all that is well, what it is made into. */
export async function checkMesh(
  mesh: Mesh,
  target: Target,
  builder: Builder,
  withEnvoy: boolean,
): Promise<Outcome> {
  const built = await builtSubjects(mesh, target, builder);
  const { results: subjects } = built;
  const outcomes: Outcome[] = [built, checkChain(subjects, mesh, target)];
  for (const subject of subjects) {
    outcomes.push(
      await checkModule(subject, target, builder),
      await checkConfiguration(subject, isDefined(mesh, target)),
    );
  }
  const isSound = merged(outcomes).findings.length === 0;
  if (isSound) outcomes.push(await checkGenerated(mesh, subjects, target, builder, withEnvoy));
  return merged(outcomes);
}

async function builtSubjects(mesh: Mesh, target: Target, builder: Builder) {
  const places = mesh.links.map((link, at) => ({ link, ...placesOf(mesh, at) }));
  return each(
    places,
    ({ link }) => ({ file: shownPath(join(link.manifest.folder, "filter.ts")), line: 1 }),
    async ({ link, ...place }): Promise<Subject> => {
      const { links } = await builder.build({ ...mesh, links: [link] }, target);
      return { link: links[0] as BuiltLink, ...place };
    },
  );
}

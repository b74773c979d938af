import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import type { BuiltMesh, Target } from "../../../../tools/targets/index.js";
import { checkResources } from "../../../../tools/validate/resources/check.js";

// Tests read what is generated as a cluster or a proxy would: as it comes.
export type Resource = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The objects of the one YAML file that a target makes; each is one that a cluster takes. */
export function resourcesOf(target: Target, mesh: BuiltMesh): Resource[] {
  const text = textOf(target, mesh);
  const { findings, unchecked } = checkResources(text, target.name);
  assert.deepEqual({ findings, unchecked }, { findings: [], unchecked: [] });
  return parseAllDocuments(text).map((document) => document.toJS());
}

export function textOf(target: Target, mesh: BuiltMesh): string {
  const [text, ...others] = Object.values(target.generate(mesh).files);
  assert.equal(others.length, 0);
  return text!;
}

/** Comments lie in lines of their own, above what they are about. */
export function headingOf(text: string): string[] {
  return text
    .slice(0, text.search(/^[^#\n]/m))
    .split("\n")
    .map((line) => line.replace(/^# ?/, ""));
}

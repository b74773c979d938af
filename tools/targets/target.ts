import type { ModuleFacts } from "../envoy/module.js";
import type { Mesh, MeshLink } from "../mesh/mesh.js";
import type { TargetName } from "./names.js";

/** A filter of a chain with its compiled module. */
export interface BuiltLink extends MeshLink {
  module: ModuleFacts;
  /** Absolute. */
  wasmPath: string;
  /** As a file that Envoy reads on this machine names it: relative to the project, where Envoy is to be started. */
  modulePath: string;
}

export interface BuiltMesh extends Mesh {
  /** What it is made from, for the output's heading: files relative to the project. */
  source: string;
  links: BuiltLink[];
}

/** What a target makes of a chain. */
export interface Generated {
  /** Name, relative to the folder they go to -> text. */
  files: Record<string, string>;
  /** Modules that belong beside them: name, relative to the same folder -> where it is built. */
  modules?: Record<string, string>;
  /** What Envoy's own form says and this one cannot, a sentence each. */
  lost: string[];
}

export interface Target {
  name: TargetName;
  /** Host calls and callbacks that the host lacks or forbids: name -> what a filter may do instead, or why not. */
  forbids?: Record<string, string>;
  /** Build switches for modules that run there. */
  defines?: Record<string, number>;
  /** A UserError where the chain depends on what the target cannot express. */
  generate(mesh: BuiltMesh): Generated;
}

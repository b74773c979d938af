import type { Demo, Manifest } from "../../../../tools/manifest/manifest.js";

/** A manifest of which only name and demo matter. */
export function manifest(name: string, demo?: Demo): Manifest {
  return {
    path: `filters/${name}/filter.yaml`,
    folder: `filters/${name}`,
    name,
    summary: `What ${name} does.`,
    configuration: undefined,
    rootId: "",
    failurePolicy: "FAIL_RELOAD",
    streamIdleTimeoutMs: undefined,
    allowOnHeadersStopIteration: false,
    environment: [],
    ceiling: null,
    callees: {},
    demo,
  };
}

import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { moduleFacts } from "../../../tools/envoy/module.js";
import { targetOf } from "../../../tools/targets/index.js";
import { checkModule } from "../../../tools/validate/module.js";
import type { Subject } from "../../../tools/validate/subject.js";
import { placeIn } from "../../../tools/validate/yaml-file.js";
import { project } from "../cli/support/project.js";

const MiB = 1024 * 1024;
const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const withMemory = (...limits: number[]) => Uint8Array.from([...head, 5, 1 + limits.length, 1, ...limits]);

/** Modules by what their memory section says (flags, pages, most pages), and by how large their file is. */
const cases: Record<
  string,
  { binary: Uint8Array<ArrayBuffer>; size?: number; target: string; says: string[] }
> = {
  "16 MiB of memory, as much as the host has": { binary: withMemory(1, 1, 0x80, 2), target: "gcp", says: [] },
  "more memory than the host has": {
    binary: withMemory(1, 1, 0x80, 4),
    target: "gcp",
    says: ["the module's memory may grow to 32 MiB of at most 16 MiB for gcp"],
  },
  "memory without a maximum": {
    binary: withMemory(0, 1),
    target: "gcp",
    says: ["the module declares no maximum for its memory, of at most 16 MiB for gcp"],
  },
  "memory without a maximum, where none is asked for": {
    binary: withMemory(0, 1),
    target: "istio",
    says: [],
  },
  "a file too large to be pulled": {
    binary: withMemory(1, 1, 1),
    size: 257 * MiB,
    target: "istio",
    says: ["the module has 257 MiB of at most 256 MiB for istio"],
  },
  "a file as large, where it is on disk": {
    binary: withMemory(1, 1, 1),
    size: 257 * MiB,
    target: "envoy",
    says: [],
  },
};

for (const [what, { binary, size, target, says }] of Object.entries(cases)) {
  test(`of a module is told, where it has ${what}: ${says.length === 0 ? "nothing" : "that"}`, async (t) => {
    const folder = project(t, { "filter.yaml": "name: big\n" });
    const wasmPath = join(folder, "big.wasm");
    writeFileSync(wasmPath, binary);
    const link = { name: "big", module: moduleFacts(binary), wasmPath };
    const chain = placeIn(join(folder, "filter.yaml"), []);
    if (size !== undefined) truncateSync(wasmPath, size);
    const subject = { link, chain } as unknown as Subject;
    const { findings } = await checkModule(subject, targetOf(target), {} as never);
    assert.deepEqual(
      findings.map(({ line, text }) => `${line}: ${text}`),
      says.map((text) => `1: big: ${text}`),
    );
  });
}

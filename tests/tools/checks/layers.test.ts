import assert from "node:assert/strict";
import { test } from "node:test";
import { layers } from "../../../tools/checks/layers.js";
import { places, plant } from "./support/tree.js";

const violations: [what: string, file: string, text: string][] = [
  ["a tool that imports the library", "tools/build/a.ts", 'import { x } from "../../assembly/index.js";\n'],
  ["the library that imports a tool", "assembly/abi/a.ts", 'import { x } from "../../tools/errors";\n'],
  ["traffic that knows a host", "tools/traffic/a.ts", 'import { x } from "../envoy/host.js";\n'],
  ["a late import of a host", "tools/traffic/a.ts", 'const x = await import("../envoy/host.js");\n'],
  ["an import over several lines", "tools/traffic/a.ts", 'import {\n  x,\n} from "../envoy/host.js";\n'],
  ["an export from elsewhere", "tools/traffic/a.ts", 'export type { X } from "../envoy/host.js";\n'],
  ["an import for its effect", "assembly/abi/a.ts", 'import "../runtime/registry";\n'],
  [
    "a host that knows more of traffic than Host",
    "tools/envoy/a.ts",
    'import { x } from "../traffic/play.js";\n',
  ],
  ["a tool that imports the command line", "tools/envoy/a.ts", 'import { x } from "../cli/exit.js";\n'],
  ["the wire that knows filters", "assembly/abi/a.ts", 'import { x } from "../http/filter";\n'],
  ["a part that imports the public entry", "assembly/http/a.ts", 'import { x } from "../index";\n'],
  [
    "the package that imports itself by name",
    "assembly/http/a.ts",
    'import { x } from "meshscript/assembly";\n',
  ],
  ["a filter that imports by path", "filters/a/filter.ts", 'import { x } from "../../assembly";\n'],
  [
    "a filter that imports a part",
    "filters/a/filter.ts",
    'import { x } from "meshscript/assembly/abi/env";\n',
  ],
  ["a filter that imports another", "filters/a/filter.ts", 'import { x } from "../b/filter";\n'],
  ["a folder without a rule", "tools/novel/a.ts", 'import { x } from "../build/index.js";\n'],
];

for (const [what, file, text] of violations) {
  test(`finds ${what}`, async (t) => {
    assert.deepEqual(await places(layers, plant(t, { [file]: text })), [`${file}:1`]);
  });
}

test("is content with imports along the layers", async (t) => {
  const root = plant(t, {
    "tools/cli/a.ts": 'import { x } from "../envoy/host.js";\nimport { y } from "yaml";\n',
    "tools/envoy/a.ts":
      'import type { Host } from "../traffic/host.js";\nimport { E } from "../errors.js";\n',
    "assembly/http/a.ts": 'import { x } from "../abi/env";\nimport { y } from "./maps";\n',
    "assembly/runtime/a.ts": 'import { x } from "../http/filter";\n',
    "filters/a/filter.ts": 'import { x } from "meshscript/assembly";\nimport { y } from "./rules";\n',
    "tools/build/text.ts": 'export const text = "from meshscript/assembly";\n',
  });
  assert.deepEqual(await places(layers, root), []);
});

test("says what the folder may import", async (t) => {
  const [finding] = await layers.run(plant(t, { "tools/emulator/a.ts": 'import "../envoy/host.js";\n' }));
  assert.equal(
    finding!.remedy,
    "emulator may import from: traffic/attempts, traffic/host, envoy/plugin, envoy/tcp-kind.",
  );
});

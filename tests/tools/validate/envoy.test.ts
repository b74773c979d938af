import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { cacheFolder } from "../../../tools/cache.js";
import { packageRoot } from "../../../tools/package-root.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { project } from "../cli/support/project.js";
import { asker, manifest } from "./support/filters.js";
import { validated } from "./support/validated.js";

/** An environment in which no Envoy is to be found, and what was built before is. */
function envoyless(t: TestContext): NodeJS.ProcessEnv {
  const builds = join(cacheFolder(), "builds");
  mkdirSync(builds, { recursive: true });
  const cache = mkdtempSync(join(tmpdir(), "meshscript-cache-"));
  t.after(() => rmSync(cache, { recursive: true }));
  symlinkSync(builds, join(cache, "builds"));
  return { PATH: "", ENVOY_BIN: "", MESHSCRIPT_CACHE: cache };
}

function within<T>(environment: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  return work().finally(() => {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

test("where there is no Envoy, that is said, and nothing is downloaded", async (t) => {
  const found = await within(envoyless(t), () => validated(packageRoot, ["filters/api-key"]));
  const reason = "Envoy is neither named by ENVOY_BIN, nor on PATH, nor in the cache";
  assert.deepEqual(found, {
    findings: [],
    hints: [],
    notes: [],
    unchecked: [`envoy --mode validate: ${reason}`],
  });
});

test("an Envoy that is named and is none ends all", async (t) => {
  const environment = { ...envoyless(t), ENVOY_BIN: "/nowhere/envoy" };
  const work = () => validated(packageRoot, ["filters/api-key"]);
  await assert.rejects(within(environment, work), /ENVOY_BIN is .*, which is no Envoy that runs here/);
});

test("Envoy takes the project's filters and its chain", { skip: withoutEnvoy }, async () => {
  const nothing = { findings: [], hints: [], notes: [], unchecked: [] };
  for (const target of ["envoy", "ecds"]) assert.deepEqual(await validated(packageRoot, [], target), nothing);
});

test("what Envoy alone refuses is told with its reason", { skip: withoutEnvoy }, async (t) => {
  const callees = "callees: { authz: { port: 9001, address: '::1%lo' } }\n";
  const folder = project(t, {
    ...asker,
    "filters/asker/filter.yaml": manifest("asker", "cluster: authz", callees),
  });
  const { findings } = await validated(folder, ["asker"]);
  assert.match(findings.join(), /^filters\/asker\/filter.yaml:1: Envoy [\d.]+ refuses the chain: .*::1%lo/);
});

test(
  "a secret that the proxy's environment holds is no problem for Envoy here",
  { skip: withoutEnvoy },
  async (t) => {
    const found = await validated(packageRoot, [withSecret(t)]);
    assert.deepEqual([found.findings, found.notes.length], [[], 1]);
  },
);

/** A mesh file outside the project, with a variable that is not set here. */
function withSecret(t: TestContext): string {
  const folder = project(t, {
    "mesh.yaml": `name: shop
filters:
  - filter: ${join(packageRoot, "filters/api-key")}
    image: registry.example/api-key:1
    configuration:
      credentials: [{ key: { env: NOBODYS_KEY }, client: alice }]
      key_sources: [{ header: x-api-key }]
`,
  });
  return join(folder, "mesh.yaml");
}

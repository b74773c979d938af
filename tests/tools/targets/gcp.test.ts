import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { gcp } from "../../../tools/targets/gcp.js";
import type { BuiltMesh } from "../../../tools/targets/index.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { apiKeys, filters, link, meshWith, stamp } from "./support/meshes.js";

const sha256 = "0f".repeat(32);
const environment = { PROJECT: "my-project", FORWARDING_RULE: "https://rules.example/r" };
const place = "--project=my-project --location=global";

async function chain(): Promise<BuiltMesh> {
  const image = { reference: "registry.example/filters/api-key:1.0.0", sha256 };
  const open = { failurePolicy: "FAIL_OPEN" as const };
  return meshWith([
    await link(filters.apiKey, { configuration: apiKeys, image }, gcp),
    await link(filters.headers, { configuration: stamp, manifest: open }, gcp),
  ]);
}

/** A `gcloud` that knows the versions of the plugins it was told of, and writes down the rest of what it is asked. */
const gcloud = `#!/bin/sh
case "$*" in
  *" describe "*) [ -f "$KNOWN/$4" ] && cat "$KNOWN/$4" || exit 1 ;;
  *" import "*) echo "$*" >> "$KNOWN/calls"; cat > "$KNOWN/extension.yaml" ;;
  *) echo "$*" >> "$KNOWN/calls"; for one in "$@"; do case $one in --main-version=*) echo "\${one#*=}" > "$KNOWN/$4" ;; esac; done ;;
esac
`;

function machine(mesh: BuiltMesh) {
  const folder = temporaryFolder();
  const known = join(folder, "known");
  for (const [name, text] of Object.entries(gcp.generate(mesh).files)) written(join(folder, name), text);
  written(join(folder, "bin", "gcloud"), gcloud);
  chmodSync(join(folder, "bin", "gcloud"), 0o755);
  mkdirSync(known);
  const run = (variables: NodeJS.ProcessEnv = environment) => {
    rmSync(join(known, "calls"), { force: true });
    const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}`, KNOWN: known, ...variables };
    const { status, stderr } = spawnSync("sh", [join(folder, "gcp/shop.sh")], { env, encoding: "utf8" });
    return { status, stderr };
  };
  return { folder, run, read: (name: string) => readFileSync(join(known, name), "utf8") };
}

function written(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test("the script creates the plugins, then changes nothing that is as it should be, then gives them versions", async () => {
  const { folder, run, read } = machine(await chain());
  const version = (name: string) =>
    readFileSync(join(folder, "gcp/shop.sh"), "utf8").match(
      new RegExp(`^deploy ${name} .* (v-\\w+)$`, "m"),
    )![1];
  const deploy = (verb: string, name: string, image: string) =>
    `service-extensions wasm-plugins ${verb} ${name} ${place} --image=${image} --main-version=${version(name)} --plugin-config-file=${name}.json`;
  const attach = `service-extensions lb-traffic-extensions import shop ${place}`;
  assert.deepEqual(run(), { status: 0, stderr: "" });
  const [apiKey, headers] = [
    `registry.example/filters/api-key@sha256:${sha256}`,
    "registry.example/filters/headers:1.0.0",
  ];
  const created = [deploy("create", "api-key", apiKey), deploy("create", "headers", headers), attach];
  assert.deepEqual(read("calls").trim().split("\n"), created);
  run();
  assert.deepEqual(read("calls").trim().split("\n"), [attach]);
  written(join(folder, "known/headers"), "v-older\n");
  run();
  assert.deepEqual(read("calls").trim().split("\n"), [deploy("update", "headers", headers), attach]);
});

test("the load balancer's chain has the filters in their order, with the events that they are called for", async () => {
  const { run, read } = machine(await chain());
  run();
  const service = (name: string) => `projects/my-project/locations/global/wasmPlugins/${name}`;
  assert.deepEqual(parse(read("extension.yaml")), {
    name: "shop",
    loadBalancingScheme: "EXTERNAL_MANAGED",
    forwardingRules: ["https://rules.example/r"],
    extensionChains: [
      {
        name: "shop",
        matchCondition: { celExpression: "true" },
        extensions: [
          {
            name: "api-key",
            service: service("api-key"),
            failOpen: false,
            supportedEvents: ["REQUEST_HEADERS"],
          },
          {
            name: "headers",
            service: service("headers"),
            failOpen: true,
            supportedEvents: ["REQUEST_HEADERS", "RESPONSE_HEADERS"],
          },
        ],
      },
    ],
  });
});

test("configurations are files beside the script", async () => {
  const { files } = gcp.generate(await chain());
  assert.deepEqual(Object.keys(files), ["gcp/shop.sh", "gcp/api-key.json", "gcp/headers.json"]);
  assert.deepEqual(JSON.parse(files["gcp/headers.json"]!), stamp);
});

for (const missing of ["PROJECT", "FORWARDING_RULE"])
  test(`without ${missing} the script does nothing, and says what it needs`, async () => {
    const { run } = machine(await chain());
    const { status, stderr } = run({ ...environment, [missing]: "" });
    assert.notEqual(status, 0);
    assert.match(stderr, new RegExp(`${missing}: the `));
  });

test("more filters than a chain holds are refused", async () => {
  const one = await link(filters.headers, {}, gcp);
  const many = [1, 2, 3, 4].map((at) => ({ ...one, name: `headers-${at}` }));
  assert.throws(() => gcp.generate(meshWith(many)), /4 filters: a traffic extension of Google Cloud holds 3/);
});

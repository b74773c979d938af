import assert from "node:assert/strict";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { meshscript } from "./support/command.js";
import { hello, project } from "./support/project.js";

const image = "registry.example/filters/hello:1.0.0";
const mesh = `name: shop\nfilters: [{ filter: hello, image: "${image}" }]\n`;
const files = { ...hello, "mesh.yaml": mesh };

test("config prints a bootstrap, and nothing else, to standard output", async (t) => {
  const { code, stdout, stderr } = await meshscript(
    ["config", "filters/hello", "--target", "envoy"],
    project(t, hello),
  );
  assert.deepEqual([code, stderr], [0, ""]);
  const [listener] = parse(stdout).static_resources.listeners;
  const { http_filters } = listener.filter_chains[0].filters[0].typed_config;
  assert.deepEqual(
    http_filters.map(({ name }: { name: string }) => name),
    ["hello", "envoy.filters.http.router"],
  );
  assert.equal(http_filters[0].typed_config.config.vm_config.code.local.filename, "build/hello.wasm");
});

test("several files follow each other, each under its name", async (t) => {
  const { code, stdout } = await meshscript(["config", "mesh.yaml", "--target", "kong"], project(t, files));
  assert.equal(code, 0);
  assert.deepEqual(stdout.match(/^# kong\/.*$/gm), ["# kong/shop.yaml", "# kong/filters/hello.meta.json"]);
});

test("written files are current until their manifest changes, or one is gone", async (t) => {
  const folder = project(t, files);
  const config = (...more: string[]) =>
    meshscript(["config", "mesh.yaml", "--target", "istio", "--out", "deploy", ...more], folder);
  assert.equal((await config()).stdout, "deploy/istio/shop.yaml written\n");
  const written = readFileSync(join(folder, "deploy/istio/shop.yaml"), "utf8");
  assert.match(written, new RegExp(`url: oci://${image}`));
  assert.deepEqual(await config("--check"), { code: 0, stdout: "deploy/ is current\n", stderr: "" });
  appendFileSync(join(folder, "filters/hello/filter.yaml"), "failure_policy: FAIL_CLOSED\n");
  const stale = await config("--check");
  assert.equal(stale.code, 1);
  assert.equal(
    stale.stdout,
    "deploy/istio/shop.yaml is not current\nRun: npx meshscript config mesh.yaml --target istio --out deploy\n",
  );
  assert.equal(
    readFileSync(join(folder, "deploy/istio/shop.yaml"), "utf8"),
    written,
    "a check writes nothing",
  );
  rmSync(join(folder, "deploy"), { recursive: true });
  assert.equal((await config("--check")).code, 1);
});

test("files that Envoy watches change while it serves, and the command says when only a restart will do", async (t) => {
  const folder = project(t, files);
  const config = () => meshscript(["config", "mesh.yaml", "--target", "ecds", "--out", "deploy"], folder);
  const first = await config();
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^deploy\/ecds\/envoy\.yaml written$/m);
  assert.doesNotMatch(first.stderr, /started anew/);
  appendFileSync(join(folder, "filters/hello/filter.yaml"), "failure_policy: FAIL_CLOSED\n");
  const second = await config();
  assert.deepEqual([second.stdout, second.stderr], ["deploy/ecds/filters/hello.yaml written\n", ""]);
  appendFileSync(join(folder, "mesh.yaml"), "upstream: { port: 9001 }\n");
  const third = await config();
  assert.equal(third.stdout, "deploy/ecds/envoy.yaml written\n");
  assert.match(third.stderr, /deploy\/ecds\/envoy\.yaml: an Envoy that serves has to be started anew/);
});

const wrongUse: [what: string, args: string[], message: RegExp][] = [
  [
    "no such target",
    ["mesh.yaml", "--target", "isto"],
    /no target "isto"\nDid you mean istio\? Targets: envoy, /,
  ],
  ["no target", ["mesh.yaml"], /required option '--target <target>' not specified/],
  ["no filter", ["--target", "istio"], /which filters\? Name their folders, or a mesh\.yaml/],
  ["an unknown filter", ["helo", "--target", "envoy"], /no filter "helo".*\nDid you mean hello\?/],
  ["a filter beside a mesh", ["mesh.yaml", "hello", "--target", "envoy"], /a whole chain: name it alone/],
  ["one filter twice", ["hello", "hello", "--target", "envoy"], /two filters of the name hello/],
  ["all targets at once", ["mesh.yaml", "--target", "all"], /--target all is for --write and --check alone/],
  ["--write of named filters", ["hello", "--target", "envoy", "--write"], /--write is about all filters/],
  ["--check of named filters", ["hello", "--target", "envoy", "--check"], /needs --out/],
];

for (const [what, args, message] of wrongUse)
  test(`${what} is wrong use`, async (t) => {
    const { code, stdout, stderr } = await meshscript(["config", ...args], project(t, files));
    assert.match(stderr, message);
    assert.deepEqual([code, stdout], [2, ""]);
  });

test("a mesh file that is wrong is a finding, with its place, and prints nothing", async (t) => {
  const folder = project(t, { ...hello, "mesh.yaml": mesh.replace("image", "imagee") });
  const { code, stdout, stderr } = await meshscript(["config", "mesh.yaml", "--target", "istio"], folder);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /mesh\.yaml:2: filters\[0\]\.imagee: unknown setting; did you mean image\?/);
});

test("a target that pulls images refuses a chain that names none", async (t) => {
  const { code, stderr } = await meshscript(["config", "hello", "--target", "istio"], project(t, hello));
  assert.equal(code, 1);
  assert.match(stderr, /hello: Istio pulls modules as images, and the chain names none for it/);
});

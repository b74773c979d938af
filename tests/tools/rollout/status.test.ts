import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { UsageError } from "../../../tools/cli/exit.js";
import { status, type StatusOptions } from "../../../tools/cli/status.js";
import { terminal } from "../../../tools/terminal/index.js";
import { meshscript } from "../cli/support/command.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { fakeAdmin, secret, type FakeAdmin, type Told } from "./support/admin.js";

async function admin(t: TestContext, told: Told = {}): Promise<FakeAdmin> {
  const fake = await fakeAdmin(told);
  t.after(() => fake.stop());
  return fake;
}

interface Shown {
  code: number;
  stdout: string;
}

async function shown(options: StatusOptions): Promise<Shown> {
  let stdout = "";
  const output = { write: (text: string) => void (stdout += text) };
  const code = await status(options, terminal(output, { NO_COLOR: "1" }));
  return { code, stdout };
}

const statusOf = (fakes: FakeAdmin[], more: StatusOptions = {}): Promise<Shown> =>
  shown({ admin: fakes.map(({ url }) => url), ...more });

const refusal: Told = { version: "v2", at: 2000, rejected: 1, changes: 2 };

/** A folder as the target ecds fills it, with this version of the filter. */
function published(version: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "ecds/filters"), { recursive: true });
  const source = { path_config_source: { path: "filters/one.yaml" } };
  const http_filters = [{ name: "one", config_discovery: { config_source: source } }, { name: "router" }];
  const filter_chains = [{ filters: [{ name: "manager", typed_config: { http_filters } }] }];
  const bootstrap = { static_resources: { listeners: [{ filter_chains }] } };
  writeFileSync(join(folder, "ecds/envoy.yaml"), JSON.stringify(bootstrap));
  writeFileSync(join(folder, "ecds/filters/one.yaml"), JSON.stringify({ version_info: version }));
  return folder;
}

test("shows each Envoy and its filters, and ends with 0 where all is well", async (t) => {
  const fakes = [await admin(t), await admin(t)];
  const { code, stdout, stderr } = await meshscript([
    "status",
    ...fakes.flatMap(({ url }) => ["--admin", url]),
  ]);
  assert.deepEqual([code, stderr], [0, ""]);
  const expected = fakes.map(
    ({ url }) => `Envoy 1.40.0 at ${url}: up 7 s, 3 VMs of 4 so far
  filter  module        configuration  since                 updates  reloads
  one     0123456789ab  CONFIGURATION  1970-01-01T00:00:01Z  1 taken  2
`,
  );
  assert.equal(
    stdout.replace(/[0-9a-f]{12}(?= {3}1970)/g, "CONFIGURATION").replace(/N {3}1/g, "N  1"),
    expected.join(""),
  );
});

test("ends with 1 where the last update was refused", async (t) => {
  const { code, stdout } = await meshscript([
    "status",
    "--admin",
    (await admin(t, refusal)).url,
    "--until-live",
    published("v2"),
    "--timeout",
    "5",
  ]);
  assert.equal(code, 1);
  assert.match(stdout, /1 taken, 1 refused/);
  assert.match(stdout, /one: refused version v2, and v1 serves\n$/);
});

test("ends with 1 where Envoys differ", async (t) => {
  const { code, stdout } = await statusOf([await admin(t), await admin(t, { version: "v2", taken: "v2" })]);
  assert.equal(code, 1);
  assert.match(stdout, /one: the Envoys differ: v1 at http:\S+, v2 at http:\S+\n$/);
});

test("says in one line that no Envoy answers, and shows the others", async (t) => {
  const { code, stdout } = await shown({ admin: ["127.0.0.1:9", (await admin(t)).url] });
  assert.equal(code, 1);
  assert.match(stdout, /^Envoy 1\.40\.0 at /);
  assert.match(stdout, /\nhttp:\/\/127\.0\.0\.1:9: no Envoy's admin interface: [^\n]+\n$/);
});

test("says so where something else answers", async (t) => {
  const server = createServer((request, response) => response.end("hello"));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => void server.close().closeAllConnections());
  const { code, stdout } = await shown({ admin: [String((server.address() as AddressInfo).port)] });
  assert.equal(code, 1);
  assert.match(stdout, /^http:\S+: no Envoy's admin interface: its answer is no JSON\n$/);
});

test("prints the same for programs", async (t) => {
  const { code, stdout } = await statusOf([await admin(t, refusal)], { json: true });
  assert.equal(code, 1);
  const { envoys, findings } = JSON.parse(stdout);
  assert.equal(envoys[0].filters[0].version, "v1");
  assert.equal(envoys[0].filters[0].refused, "v2");
  assert.match(findings[0], /refused version v2/);
});

test("prints no configuration in any form", async (t) => {
  for (const more of [{}, { json: true }, { published: published("v1") }]) {
    const { stdout } = await statusOf([await admin(t, refusal)], more);
    assert.ok(!stdout.includes(secret));
  }
});

test("compares with what was published", async (t) => {
  const fakes = [await admin(t)];
  assert.equal((await statusOf(fakes, { published: published("v1") })).code, 0);
  const folder = published("v2");
  const { code, stdout } = await statusOf(fakes, { published: folder });
  assert.equal(code, 1);
  assert.ok(stdout.endsWith(`one: v1, where ${folder} holds v2\n`), stdout);
});

const wishes: StatusOptions[] = [{ untilLive: published("v2") }, { wait: ["v2"] }];
for (const wish of wishes)
  test(`waits until every Envoy serves the version: ${Object.keys(wish)[0]}`, async (t) => {
    const fakes = [await admin(t), await admin(t)];
    const next = { version: "v2", at: 2000, taken: "v2", takenAt: 2001, success: 2, changes: 2 };
    fakes[0]!.says(next);
    setTimeout(() => fakes[1]!.says(next), 300);
    const { code, stdout } = await statusOf(fakes, wish);
    assert.equal(code, 0, stdout);
  });

test("waits no longer than told to", async (t) => {
  const { code, stdout } = await statusOf([await admin(t)], { wait: ["v2"], timeout: "0.3" });
  assert.equal(code, 1);
  assert.match(stdout, /not live everywhere within 0\.3 s\n$/);
});

test("waits no longer once an Envoy refuses the version", async (t) => {
  const began = Date.now();
  const { code, stdout } = await statusOf([await admin(t, refusal)], { untilLive: published("v2") });
  assert.equal(code, 1);
  assert.match(stdout, /refused version v2, and v1 serves\n$/);
  assert.ok(Date.now() - began < 20_000);
});

const wrongUses: [options: StatusOptions, said: RegExp][] = [
  [{ admin: ["a b"] }, /--admin: expected a port, host:port or URL, got a b/],
  [{ admin: ["70000"] }, /--admin: expected a port from 1 to 65535/],
  [{ admin: ["http://a/b"] }, /--admin: expected a port, host:port or URL/],
  [{ timeout: "3" }, /--timeout is for --wait and --until-live/],
  [{ wait: ["v1"], timeout: "soon" }, /--timeout: expected seconds, got soon/],
  [{ wait: ["v1"], untilLive: "deploy" }, /give one/],
  [{ published: "no/such/folder" }, /no\/such\/folder: holds no envoy\.yaml/],
  [{ untilLive: published("") }, /one\.yaml: has no version_info/],
];
for (const [options, said] of wrongUses)
  test(`is wrong use: ${Object.keys(options).join(", ")} with ${said.source}`, () =>
    assert.rejects(status(options), (error) => error instanceof UsageError && said.test(error.message)));

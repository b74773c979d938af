import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import type { HostSetup } from "../../../tools/traffic/host.js";
import { direct, hostOf, refusing } from "./hosts.js";
import { play, verdicts } from "./play-text.js";

const CASE = "cases:\n  - { name: one, protocol: http1, client: { status: 200 } }\n";

test("a configuration that is refused for the expected problems passes", async () => {
  const text = 'filter: plain\nconfig: {}\nrejected: ["keys: required", "extra: unknown setting"]\n';
  const results = await play(text, refusing(["keys: required", "extra: unknown setting"]));
  assert.deepEqual(verdicts(results), ["- | passed"]);
  assert.equal(results[0]?.name, "refuses: keys: required; extra: unknown setting");
});

test("other problems, another order or an accepted configuration are red", async () => {
  const text = 'filter: plain\nrejected: ["a", "b"]\n';
  const other = verdicts(await play(text, refusing(["b", "a"])));
  assert.deepEqual(other, ['- | failed | configuration problems: expected ["a", "b"], saw ["b", "a"]']);
  const accepted = verdicts(await play(text, direct()));
  assert.deepEqual(accepted, [
    '- | failed | configuration: expected a refusal (["a", "b"]), saw it accepted',
  ]);
});

test("a refusal that nobody expected is red in each case", async () => {
  const results = await play(`filter: plain\n${CASE}`, refusing(["keys: required"]));
  assert.deepEqual(verdicts(results), ["http1 | failed | the host did not start: keys: required"]);
});

test("a host that breaks while it starts makes its cases red, a mistake of the user's stops the run", async () => {
  const broken = hostOf("broken", () => Promise.reject(new Error("no memory")));
  const results = await play(`filter: plain\n${CASE}`, broken);
  assert.deepEqual(verdicts(results), ["http1 | failed | the host did not start: broken broke: no memory"]);
  const missing = hostOf("missing", () => Promise.reject(new UserError("Envoy was not found")));
  await assert.rejects(play(`filter: plain\n${CASE}`, missing), /Envoy was not found/);
});

test("the cases of a document share one start of the host, other documents have their own", async () => {
  const setups: HostSetup[] = [];
  const host = hostOf("counting", (setup) => (setups.push(setup), direct().start(setup)));
  const two = "cases:\n  - { name: a, client: { status: 200 } }\n  - { name: b, client: { status: 200 } }\n";
  const results = await play(`filter: plain\n${two}---\nfilter: plain\n${CASE}`, host);
  assert.deepEqual([setups.length, results.length], [2, 5]);
});

test("a host gets chain, configuration, environment and options as the document has them", async () => {
  let setup: HostSetup | undefined;
  const host = hostOf("noting", (given) => ((setup = given), direct().start(given)));
  const text = `chain:
  - { filter: first, config: { a: [1, "b"] }, environment: { B: "2" } }
  - { filter: second, config: "{ not json", root_id: other, options: { vm_id: own } }
  - { filter: third }
environment: { A: "1" }
options: { failure_policy: FAIL_CLOSED, vm_id: shared, stream_idle_timeout: 1.5s, full_callbacks: true }
upstream_protocol: http2
${CASE}`;
  await play(text, host);
  assert.equal(setup?.upstream.protocol, "http2");
  assert.deepEqual(
    setup?.chain.map((one) => [one.name, one.rootId, one.configuration, one.environment, one.options.vmId]),
    [
      ["first", "", '{"a":[1,"b"]}', { A: "1", B: "2" }, "shared"],
      ["second", "other", "{ not json", { A: "1" }, "own"],
      ["third", "", "", { A: "1" }, "shared"],
    ],
  );
  const shared = {
    failurePolicy: "FAIL_CLOSED",
    vmId: "shared",
    streamIdleTimeoutMs: 1500,
    fullCallbacks: true,
  };
  assert.deepEqual(setup?.chain[0]?.options, shared);
});

test("cases can be chosen by their names", async () => {
  const text =
    "filter: plain\ncases:\n  - { name: a, client: { status: 200 } }\n  - { name: b, client: { status: 1e2 } }\n";
  const results = await play(text.replace("1e2", "201"), direct(), { only: (name) => name === "a" });
  assert.deepEqual(verdicts(results), ["http1 | passed", "http2 | passed"]);
});

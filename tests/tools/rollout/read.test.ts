import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf } from "../../../tools/rollout/read.js";
import { findingsIn, type FilterState } from "../../../tools/rollout/index.js";
import { answersOf, secret, wasmConfig, type Told } from "./support/admin.js";

const admin = "http://127.0.0.1:9901";
const state = (told: Told) => stateOf(admin, answersOf(told));
const filter = (told: Told): FilterState => state(told).filters[0]!;
const answer = (at: string, told: Told) => ({ admin: at, state: { ...state(told), admin: at } });
const findings = (...told: Told[]) =>
  findingsIn(told.map((one, at) => answer(told.length > 1 ? `envoy-${at}` : admin, one)));

test("tells what Envoy says of itself", () => {
  const { version, state: is, uptimeSeconds, vms } = state({});
  assert.deepEqual([version, is, uptimeSeconds], ["1.40.0", "LIVE", 7]);
  assert.deepEqual(vms, { active: 3, created: 4 });
});

test("a version that was taken is live", () => {
  const { version, refused, since, updates, reloads } = filter({});
  assert.deepEqual([version, refused, since, reloads], ["v1", null, "1970-01-01T00:00:01.000Z", 2]);
  assert.deepEqual(updates, { taken: 1, refused: 0, unreadable: 0 });
  assert.deepEqual(findings({}), []);
});

// What Envoy 1.40 says in each of these cases was taken down from it.
const refusal: Told = { version: "v2", at: 2000, takenAt: 1001, rejected: 1, changes: 2 };

test("after a refusal, the version before is live, though Envoy's dump shows the refused one", () => {
  const { version, refused, updates, since } = filter(refusal);
  assert.deepEqual([version, refused], ["v1", "v2"]);
  assert.deepEqual(updates, { taken: 1, refused: 1, unreadable: 0 });
  assert.equal(since, "1970-01-01T00:00:01.001Z");
  assert.deepEqual(findings(refusal), ["http://127.0.0.1:9901: one: refused version v2, and v1 serves"]);
});

test("a good version ends the matter of the refused one", () => {
  const mended = { version: "v3", at: 3000, taken: "v3", takenAt: 3020, success: 2, rejected: 1, changes: 3 };
  assert.deepEqual([filter(mended).version, filter(mended).refused], ["v3", null]);
  assert.deepEqual(findings(mended), []);
});

test("after a refusal of the first version, nothing is live", () => {
  const never = { version: "v1", at: 1000, taken: "", takenAt: 0, success: 0, rejected: 1 };
  assert.deepEqual([filter(never).version, filter(never).refused], [null, "v1"]);
  assert.deepEqual(findings(never), [
    "http://127.0.0.1:9901: one: not live",
    "http://127.0.0.1:9901: one: refused version v1, and nothing serves",
  ]);
});

test("where Envoy calls a refused version taken, as it does on reading it again, that is doubted", () => {
  const again = { ...refusal, taken: "v2", takenAt: 2500, success: 2 };
  assert.equal(filter(again).doubtful, true);
  assert.match(
    findings(again).join(),
    /one: refused 1 update and read an unchanged file since: Envoy does not/,
  );
});

test("reading a good file again is no news", () => {
  const again = { takenAt: 2500, success: 2 };
  assert.equal(filter(again).doubtful, false);
  assert.equal(filter(again).updates.taken, 1);
  assert.equal(filter(again).since, "1970-01-01T00:00:01.000Z");
});

test("files that are no configuration are counted", () => {
  assert.equal(filter({ failure: 2 }).updates.unreadable, 2);
});

test("a version of ours says which module and which configuration", () => {
  const own = "aaaaaaaaaaaa-bbbbbbbbbbbb";
  const { module, configuration } = filter({ version: own, taken: own });
  assert.deepEqual([module, configuration], ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]);
});

test("of other versions, module and configuration are what Envoy shows, unless that is a refused one", () => {
  assert.equal(filter({}).module, "0123456789ab");
  assert.match(filter({}).configuration!, /^[0-9a-f]{12}$/);
  assert.deepEqual([filter(refusal).module, filter(refusal).configuration], [null, null]);
});

test("TCP filters are told of as well", () => {
  assert.equal(filter({ kind: "network_filter" }).version, "v1");
});

test("filters that stand in the bootstrap are live, and told apart by module and configuration", () => {
  const answers = answersOf({});
  const found = { name: "fixed", typed_config: wasmConfig("build/fixed.wasm", "network_filter") };
  answers.dump.configs = [
    { "@type": "listeners", dynamic_listeners: [{ active_state: { listener: chain(found) } }, {}] },
  ];
  const fixed = stateOf(admin, answers);
  const [only, ...others] = fixed.filters;
  assert.deepEqual([only!.name, only!.source, only!.module], ["fixed", "bootstrap", "fixed.wasm"]);
  assert.deepEqual(others, []);
  assert.deepEqual(findingsIn([{ admin, state: fixed }]), []);
});

function chain(found: object) {
  return { filter_chains: [{ filters: [found as { name: string }] }] };
}

test("Envoys that differ are told of once for each filter", () => {
  const other = { version: "v2", taken: "v2" };
  assert.deepEqual(findings({}, other), ["one: the Envoys differ: v1 at envoy-0, v2 at envoy-1"]);
  const none = stateOf("envoy-2", { ...answersOf({}), dump: { configs: [] } });
  const answers = [answer("envoy-0", {}), { admin: "envoy-2", state: none }];
  assert.deepEqual(findingsIn(answers), ["one: the Envoys differ: v1 at envoy-0, no such filter at envoy-2"]);
});

test("a published version that does not serve is told of", () => {
  const expected = { by: "deploy", versions: new Map([["one", "v9"]]) };
  const answers = [{ admin, state: state({}) }];
  assert.deepEqual(findingsIn(answers, expected), [`${admin}: one: v1, where deploy holds v9`]);
});

test("nothing of a configuration is told", () => {
  assert.ok(!JSON.stringify(state({})).includes(secret));
});

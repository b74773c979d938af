import assert from "node:assert/strict";
import { test } from "node:test";
import { generated, plain } from "./support/plugins.js";

function rulesFor(...tags: string[][]) {
  const chain = tags.map((metricTags) => ({ ...plain, metricTags }));
  return generated({ chain }).bootstrap.stats_config?.stats_tags as { tag_name: string; regex: string }[];
}

/** What Envoy does with a rule: the first group goes from the name, the second is the tag's value. */
function labelled(name: string, tag: string) {
  const rule = rulesFor(["route", "status", "a-b"]).find(({ tag_name }) => tag_name === tag)!;
  const found = new RegExp(rule.regex).exec(name);
  return found && { value: found[2], rest: name.replace(found[1]!, "") };
}

test("states no tags where no filter has any", () => {
  assert.equal("stats_config" in generated().bootstrap, false);
});

test("states each tag of a chain once", () => {
  const names = rulesFor(["status", "route"], [], ["route"]).map(({ tag_name }) => tag_name);
  assert.deepEqual(names, ["route", "status"]);
});

test("finds a tag wherever it stands, with whatever value", () => {
  const name = "wasmcustom.requests.;route=.a.b.;status=.200";
  assert.deepEqual(labelled(name, "route"), { value: "a.b", rest: "wasmcustom.requests.;status=.200" });
  assert.deepEqual(labelled(name, "status"), { value: "200", rest: "wasmcustom.requests.;route=.a.b" });
});

test("finds an empty value in the middle and at the end, where Envoy drops the dot", () => {
  assert.equal(labelled("wasmcustom.r.;route=..;status=.1", "route")?.value, "");
  assert.equal(labelled("wasmcustom.r.;route=.1.;status=", "status")?.value, "");
});

test("leaves metrics of others alone, and tags of another name", () => {
  assert.equal(labelled("cluster.x.;route=.a", "route"), null);
  assert.equal(labelled("wasmcustom.r.;routes=.a", "route"), null);
});

test("takes a name with odd characters as it is", () => {
  assert.equal(labelled("wasmcustom.r.;a-b=.1", "a-b")?.value, "1");
  assert.equal(labelled("wasmcustom.r.;a+b=.1", "a-b"), null);
});

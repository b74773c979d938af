import assert from "node:assert/strict";
import { test } from "node:test";
import { generateBootstrap } from "../../../tools/envoy/bootstrap.js";
import { redactorFor } from "../../../tools/envoy/redact.js";
import { optionsWith, plain } from "./support/plugins.js";

function redact(configuration: unknown, text: string, environment = {}): string {
  const asText = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
  const chain = [{ ...plain, configuration: asText, environment }];
  return redactorFor(generateBootstrap(optionsWith({ chain })))(text);
}

for (const key of [
  "key",
  "keys",
  "secret",
  "password",
  "token",
  "credentials",
  "users",
  "api_key",
  "jwtToken",
  "client-secret",
]) {
  test(`hides what stands below ${key}`, () => {
    const configuration = { header: "x-api-key", clients: [{ [key]: { any: ["k-alice"] } }] };
    assert.equal(redact(configuration, "bad k-alice in x-api-key"), "bad [redacted] in x-api-key");
  });
}

test("shows what stands below other keys", () => {
  const configuration = { key_sources: [{ header: "x-api-key" }], token_header: "authorization", keys: [] };
  assert.equal(redact(configuration, "x-api-key, authorization"), "x-api-key, authorization");
});

test("hides the values of variables, and not their names", () => {
  assert.equal(redact({}, "MODE is s3cret", { MODE: "s3cret" }), "MODE is [redacted]");
});

test("hides all of a configuration that is no JSON", () => {
  assert.equal(redact('{"keys": [k-alice', 'near {"keys": [k-alice'), "near [redacted]");
});

const odd = 'a"é\\b';
const forms = [odd, JSON.stringify(odd).slice(1, -1), 'a\\"\\303\\251\\\\b', 'a\\\\\\"é\\\\\\\\b'];
for (const form of forms) {
  test(`hides a secret written as ${form}`, () => {
    assert.equal(redact({ key: odd }, `it is ${form}!`), "it is [redacted]!");
  });
}

test("hides a short secret where it is a word of its own", () => {
  assert.equal(redact({ key: "ab" }, 'about "ab" and cab'), 'about "[redacted]" and cab');
});

test("hides the longer of two secrets that begin alike", () => {
  assert.equal(redact({ keys: ["k-al", "k-alice"] }, "k-alice"), "[redacted]");
});

test("hides a configuration that Envoy quotes, as protobuf text or as JSON", () => {
  assert.equal(redact({}, 'a { value: "{\\"x\\":\\"y\\"}" }'), 'a { value: "[redacted]" }');
  assert.equal(redact({}, '{"value":"{\\"x\\":1}","name":"n"}'), '{"value":"[redacted]","name":"n"}');
});

import assert from "node:assert/strict";
import { createHmac, verify } from "node:crypto";
import { test } from "node:test";
import { bytesOf, type MintedRequest } from "../../../tools/traffic/mint/index.js";
import { keyNamed } from "../../../tools/traffic/mint/keys.js";
import { baseOf } from "../../../tools/traffic/mint/signature-base.js";

const request: MintedRequest = {
  method: "POST",
  path: "/foo?param=Value&Pet=dog",
  lines: [
    ["host", "example.com"],
    ["date", "Tue, 20 Apr 2021 02:07:55 GMT"],
    ["content-type", "application/json"],
    ["content-length", "18"],
  ],
  body: '{"hello": "world"}',
};

test("an hmac signature is over the lines that the filter's README describes", () => {
  const text = bytesOf({ hmac: { key_id: "k-1", key: "secret" } }, request);
  const lines = [
    "k-1",
    "POST /foo?param=Value&Pet=dog",
    "host: example.com",
    `date: ${request.lines[1]![1]}`,
    "",
  ];
  const code = createHmac("sha256", "secret").update(lines.join("\n")).digest("base64");
  assert.equal(
    text,
    `Signature keyId="k-1",algorithm="hmac-sha256",headers="@request-target host date",signature="${code}"`,
  );
});

test("the hmac signature of a URL is over all in front of it", () => {
  const path = "/a?hmac_key_id=k-1&hmac_signature=";
  const text = bytesOf({ hmac: { key_id: "k-1", key: "secret", url: true } }, { ...request, path });
  const signed = "k-1\nPOST /a?hmac_key_id=k-1\nhost: example.com\n";
  assert.equal(text, createHmac("sha256", "secret").update(signed).digest("hex"));
});

test("the base of a signature is that of RFC 9421, appendix B.2.2", () => {
  const input = '("@authority" "@query-param";name="Pet");created=1618884473';
  assert.equal(
    baseOf(['"@authority"', '"@query-param";name="Pet"'], input, request, {}),
    `"@authority": example.com\n"@query-param";name="Pet": dog\n"@signature-params": ${input}`,
  );
});

test("both fields of a signature belong together", () => {
  const spec = { key: "eddsa-mint", parameters: { created: 1, nonce: null }, components: ["@method"] };
  const input = bytesOf({ http_signature: spec }, request);
  const [, coded = ""] = /^sig1=:(.*):$/.exec(bytesOf({ http_signature: { of: "sig1" } }, request)) ?? [];
  const base = `"@method": POST\n"@signature-params": ${input.slice("sig1=".length)}`;
  assert.ok(verify(null, Buffer.from(base), keyNamed("eddsa-mint").public, Buffer.from(coded, "base64")));
});

test("a digest of a body is that of RFC 9530", () => {
  const coded = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
  assert.equal(bytesOf({ content_digest: {} }, request), `sha-256=:${coded}:`);
});

test("a pinned moment and a pinned nonce stay the same, others do not", () => {
  assert.equal(bytesOf({ nonce: { pin: "a" } }), bytesOf({ nonce: { pin: "a" } }));
  assert.notEqual(bytesOf({ nonce: { pin: "a" } }), bytesOf({ nonce: { pin: "b" } }));
  assert.notEqual(bytesOf({ nonce: {} }), bytesOf({ nonce: {} }));
  const pinned = Number(bytesOf({ unix_time: { pin: "t" } }));
  assert.equal(Number(bytesOf({ unix_time: { pin: "t", at: "+60" } })), pinned + 60);
  assert.match(bytesOf({ http_date: { at: "-5" } }), /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
});

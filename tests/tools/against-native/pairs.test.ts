import assert from "node:assert/strict";
import { test } from "node:test";
import { isFinding, judge } from "../../../tools/against-native/judge.js";
import type { Pair, Sent, View } from "../../../tools/against-native/pair.js";
import { pairs } from "../../../tools/against-native/pairs/index.js";
import { requestOf } from "../../../tools/against-native/run.js";
import { none, viewOf } from "../../../tools/against-native/view.js";
import { emptyRequest, emptyResponse, type Line } from "../../../tools/traffic/wire/message.js";

const seeds = Array.from({ length: 400 }, (_, seed) => seed);

/** Whose verdict is about the response's headers and not about the request. */
const ofResponses = ["cors"];
const ofRequests = pairs.filter(({ filter }) => !ofResponses.includes(filter));

/** What is seen where nothing is refused, or all of it. */
function view(pair: Pair, status: number): View {
  const response = { ...emptyResponse("http1"), status, complete: true };
  const request = { ...emptyRequest("http1"), path: "/orders", complete: true };
  return viewOf(pair, response, status === 200 ? request : undefined);
}

test("equal seeds make equal requests, but for keys and the time of day", () => {
  for (const pair of pairs.filter(({ filter }) => filter !== "jwt"))
    for (const seed of seeds) assert.deepEqual(requestOf(pair, seed), requestOf(pair, seed));
});

test("other seeds make other requests, and so do other filters", () => {
  for (const pair of pairs) {
    const made = seeds.slice(0, 100).map((seed) => JSON.stringify(requestOf(pair, seed).sent));
    assert.ok(new Set(made).size > 50, pair.filter);
  }
});

test("each case has an id of its own in its filter, and a reason in whole sentences", () => {
  for (const { filter, deliberate } of pairs) {
    const ids = deliberate.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, filter);
    for (const { id, reason, safe } of deliberate) {
      assert.match(id, /^[a-z][a-z0-9-]+$/);
      for (const text of safe === undefined ? [reason] : [reason, safe])
        assert.match(text, /^[A-Z`].*\.$/s, id);
    }
  }
});

test("what ours alone lets through is found, whatever the request, unless a case says why that is safe", () => {
  for (const pair of ofRequests) {
    const safe = new Set(pair.deliberate.filter((one) => one.safe !== undefined).map(({ id }) => id));
    const [ours, native] = [view(pair, 200), view(pair, 401)];
    const passing = seeds
      .map((seed) => requestOf(pair, seed))
      .map(({ variant, sent }) => judge(pair, variant, sent, ours, native))
      .filter((verdict) => !isFinding(verdict));
    assert.ok(
      passing.every(({ deliberate }) => deliberate.some((id) => safe.has(id))),
      pair.filter,
    );
    assert.ok(passing.length < seeds.length / 5, `${pair.filter}: ${passing.length} pass`);
  }
});

test("what Envoy's alone lets through is found in most requests: cases are about the odd ones", () => {
  for (const pair of ofRequests) {
    const [ours, native] = [view(pair, 401), view(pair, 200)];
    const found = seeds
      .map((seed) => requestOf(pair, seed))
      .filter(({ variant, sent }) => isFinding(judge(pair, variant, sent, ours, native)));
    assert.ok(found.length > seeds.length / 2, `${pair.filter}: ${found.length} found`);
  }
});

test("identity that only ours tells the upstream is found in each request", () => {
  for (const pair of ofRequests.filter(({ upstream }) =>
    upstream.some((name) => /^x-(consumer|user|sub)$/.test(name)),
  )) {
    const name = pair.upstream.find((one) => /^x-(consumer|user|sub)$/.test(one))!;
    const plain = view(pair, 200);
    for (const { variant, sent } of seeds.map((seed) => requestOf(pair, seed))) {
      const verdict = judge(pair, variant, sent, { ...plain, [`upstream ${name}`]: "root" }, plain);
      assert.ok(verdict.unexplained.includes(`upstream ${name}`), pair.filter);
    }
  }
});

test("a permission that only ours gives is found, but for the origin that is said to be anybody's", () => {
  const pair = pairs.find(({ filter }) => filter === "cors")!;
  const plain = view(pair, 200);
  for (const name of pair.client.filter((one) => one !== "vary")) {
    for (const { variant, sent } of seeds.map((seed) => requestOf(pair, seed))) {
      const verdict = judge(
        pair,
        variant,
        sent,
        { ...plain, [`client ${name}`]: "https://evil.example" },
        plain,
      );
      assert.ok(verdict.permissive, name);
    }
  }
  assert.equal(plain["client vary"], none);
});

test("a vary that is not the one on the origin is found", () => {
  const pair = pairs.find(({ filter }) => filter === "cors")!;
  const plain = view(pair, 200);
  const { variant, sent } = requestOf(pair, 1);
  assert.ok(isFinding(judge(pair, variant, sent, { ...plain, "client vary": "accept" }, plain)));
});

/** Whether ours may let a request through that Envoy's refuses. */
function mayPass(filter: string, variantName: string, path: string, lines: Line[]): boolean {
  const pair = pairs.find((one) => one.filter === filter)!;
  const variant = pair.variants.find(({ name }) => name === variantName)!;
  const request = { method: "GET", path, lines, pieces: [], chunked: false, trailers: [] };
  const sent: Sent = { protocol: "http1", request, answer: { status: 200, lines: [] } };
  return !isFinding(judge(pair, variant, sent, view(pair, 200), view(pair, 401)));
}

test("a scheme in odd spelling goes with the right password only", () => {
  const passes = (scheme: string, credentials: string) => {
    const value = scheme + Buffer.from(credentials).toString("base64");
    return mayPass("basic-auth", "plain", "/", [["authorization", value]]);
  };
  assert.ok(passes("bASIC ", "alice:test-password-alice"));
  assert.ok(!passes("Basic ", "alice:test-password-alice"));
  assert.ok(!passes("bASIC ", "alice:test-password-bob"));
  assert.ok(!passes("bASIC ", "mallory:test-password-alice"));
});

test("a path in odd spelling passes only where the rules allow it in normal form", () => {
  const passes = (path: string) => mayPass("authz", "allow, bare", path, []);
  assert.ok(passes("/other/../public/a"));
  assert.ok(passes("//health"));
  assert.ok(!passes("/health"));
  assert.ok(!passes("/public/../admin"));
  assert.ok(!passes("/public/..;/admin"));
  assert.ok(!passes("/public%2f..%2fhealth"));
});

test("an address in odd spelling passes only where the lists allow it in the usual one", () => {
  const passes = (entries: string) =>
    mayPass("ip-restriction", "one proxy", "/", [["x-forwarded-for", entries]]);
  assert.ok(passes("8.8.8.8, 10.1.2.3:80"));
  assert.ok(passes("[2001:db8::1]:80"));
  assert.ok(passes("::ffff:10.1.2.3"));
  assert.ok(!passes("10.1.2.3"));
  assert.ok(!passes("10.9.1.1:80"));
  assert.ok(!passes("[2001:db8:bad::1]"));
  assert.ok(!passes("::ffff:8.8.8.8"));
  assert.ok(!passes("10.1.2.3:80, 8.8.8.8"));
});

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { calling, direct } from "./hosts.js";
import { play, verdicts } from "./play-text.js";

/** A document whose host calls `authz` once for each connection, with one case. */
function document(callees: string, lines: string): string {
  const indented = lines.trim().replace(/^/gm, "    ");
  return `filter: plain\ncallees: ${callees}\ncases:\n  - name: one\n    protocol: http1\n${indented}\n`;
}

test("what a callee was called with is compared", async () => {
  const good = document(
    "{ authz: {} }",
    "client: { status: 200 }\ncalled: { authz: [{ method: GET, path: /check }] }",
  );
  assert.deepEqual(verdicts(await play(good, calling("authz"))), ["http1 | passed"]);
  const bad = document("{ authz: {} }", "client: { status: 200 }\ncalled: { authz: [{ path: /other }] }");
  assert.deepEqual(verdicts(await play(bad, calling("authz"))), [
    'http1 | failed | callee authz, call 1 path: expected "/other", saw "/check"',
  ]);
});

test("a callee that must not be called is red when it is, and one that must be when it is not", async () => {
  const none = document("{ authz: {} }", "client: { status: 200 }\ncalled: { authz: none }");
  assert.deepEqual(verdicts(await play(none, calling("authz"))), [
    "http1 | failed | callee authz: expected no calls, saw GET /check",
  ]);
  const one = document("{ authz: {} }", "client: { status: 200 }\ncalled: { authz: [{}] }");
  assert.deepEqual(verdicts(await play(one, direct())), [
    "http1 | failed | callee authz: expected 1 calls, saw none",
  ]);
});

test("callees answer one call after the other, and a case may have them answer otherwise", async () => {
  const text =
    document("{ authz: [{ status: 201 }, { status: 202 }] }", "client: { status: 201 }") +
    "  - { name: two, protocol: http1, client: { status: 201 } }\n" +
    "  - { name: three, protocol: http1, callees: { authz: { status: 418 } }, client: { status: 418 } }\n";
  const results = verdicts(await play(text, calling("authz", "relay")));
  assert.deepEqual(results, ["http1 | passed", "http1 | passed", "http1 | passed"]);
});

test("a callee that is down has a port on which nobody listens", async () => {
  let refused = "";
  const host = direct();
  const start: typeof host.start = async (setup) => {
    refused = await new Promise((resolve) =>
      connect(setup.callees!["gone"]!.port, "127.0.0.1")
        .on("connect", () => resolve("it listens"))
        .on("error", (error: NodeJS.ErrnoException) => resolve(error.code!)),
    );
    return host.start(setup);
  };
  await play(document("{ gone: down }", "client: { status: 200 }"), { ...host, start });
  assert.equal(refused, "ECONNREFUSED");
});

test("what follows a case is played until something is not as expected", async () => {
  const then = (status: number) =>
    `client: { status: 200 }\nthen: [{ wait: 1ms, client: { status: ${status} } }]`;
  assert.deepEqual(verdicts(await play(document("{}", then(200)), direct())), ["http1 | passed"]);
  assert.deepEqual(verdicts(await play(document("{}", then(404)), direct())), [
    'http1 | failed | then 1: client status: expected 404, saw 200 with the body "hello\\n"',
  ]);
});

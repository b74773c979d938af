import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import type { Host } from "../../../tools/traffic/host.js";
import { direct, piped, refusing, served } from "./hosts.js";
import { play, verdicts } from "./play-text.js";

/** Plays one case that consists of these steps. */
async function steps(lines: string, host: Host = direct(), more = ""): Promise<string[]> {
  const text = `filter: plain\ncases:\n  - name: one\n    tcp:\n${indent(lines)}${more}`;
  return verdicts(await play(text, host, { timeoutMs: 300 }));
}

function indent(lines: string): string {
  return lines
    .trim()
    .split("\n")
    .map((line) => `      - ${line.trim()}\n`)
    .join("");
}

test("bytes, ends and silence are seen on both sides", async () => {
  const all = `
    { client_sends: hello }
    { upstream_sees: hel }
    { upstream_sees: lo }
    { upstream_sees_nothing: 10ms }
    { upstream_sends: { base64: /w== } }
    { client_sees: { base64: /w== } }
    { upstream_sends: { repeated: ab, times: 50000 } }
    { client_sees: { repeated: ab, times: 50000 } }
    { client_closes: true }
    { upstream_sees_end: true }
    { upstream_sends: "late news" }
    { client_sees: { contains: late } }
    { upstream_closes: true }
    { client_sees_end: true }`;
  assert.deepEqual(await steps(all), ["- | passed"]);
});

test("a match takes as many bytes as it needs, as they come", async () => {
  const lines = `
    { client_sends: "one " }
    { client_sends: two }
    { upstream_sees: { matches: "^one two$" } }`;
  assert.deepEqual(await steps(lines), ["- | passed"]);
});

test("several connections keep their ends apart", async () => {
  const lines = `
    { connection: a, client_sends: from a }
    { connection: a, upstream_sees: from a }
    { connection: b, client_sends: from b }
    { connection: b, upstream_sees: from b }
    { connection: a, upstream_sends: to a }
    { connection: a, client_sees: to a }
    { connection: b, client_breaks: true }
    { connection: b, upstream_sees_end: true }
    { connection: a, upstream_sees_nothing: 10ms }`;
  assert.deepEqual(await steps(lines), ["- | passed"]);
});

test("a step waits, and a connection may be looked for in vain", async () => {
  const deaf = served("deaf", () => {});
  assert.deepEqual(
    await steps("{ client_connects: true }\n{ waits: 1ms }\n{ upstream_sees_no_connection: 10ms }", deaf),
    ["- | passed"],
  );
});

/** Wrong expectations, and what is said of each. */
const wrong: [name: string, lines: string, details: string, host?: Host][] = [
  [
    "other bytes",
    "{ client_sends: abc }\n{ upstream_sees: abd }",
    'step 2, upstream_sees: expected "abd", saw "abc"',
  ],
  [
    "too few bytes",
    "{ client_sends: abc }\n{ upstream_sees: abcd }",
    'step 2, upstream_sees: expected "abcd", saw "abc"',
  ],
  [
    "no bytes",
    "{ client_connects: true }\n{ upstream_sees: a }",
    'step 2, upstream_sees: expected "a", saw nothing',
  ],
  [
    "an end in place of bytes",
    "{ client_closes: true }\n{ upstream_sees: a }",
    'step 2, upstream_sees: expected "a", saw nothing, then the end',
  ],
  [
    "bytes left over",
    "{ client_sends: abc }\n{ upstream_sees: a }",
    'upstream: saw "bc" after the last step',
  ],
  [
    "bytes in place of silence",
    "{ client_sends: abc }\n{ upstream_sees_nothing: 50ms }",
    'step 2, upstream_sees_nothing: expected nothing, saw "abc"',
  ],
  [
    "an end in place of silence",
    "{ client_closes: true }\n{ upstream_sees_nothing: 50ms }",
    "step 2, upstream_sees_nothing: expected nothing, saw the end",
  ],
  [
    "bytes in place of the end",
    "{ client_sends: abc }\n{ upstream_sees_end: true }",
    'step 2, upstream_sees_end: expected the end, saw "abc"',
  ],
  ["no end", "{ client_sees_end: true }", "step 1, client_sees_end: expected the end, saw nothing"],
  [
    "a connection in place of none",
    "{ client_connects: true }\n{ upstream_sees_no_connection: 50ms }",
    "step 2, upstream_sees_no_connection: a connection reached the upstream",
  ],
  [
    "a stray connection",
    "{ client_connects: true }\n{ waits: 20ms }",
    "upstream: got connections that no step is about (1)",
  ],
  [
    "a connection that never comes",
    "{ upstream_sees: a }",
    "step 1, upstream_sees: no connection reached the upstream",
    served("deaf", () => {}),
  ],
  ["a host that refuses", "{ client_connects: true }", "the host did not start: bad", refusing(["bad"])],
];

for (const [name, lines, details, host] of wrong) {
  test(`finds ${name}`, async () => {
    assert.deepEqual(await steps(lines, host), [`- | failed | ${details}`]);
  });
}

test("a host that changes bytes is found out", async () => {
  const lines = "{ client_sends: abc }\n{ upstream_sees: abc }";
  assert.deepEqual(
    await steps(
      lines,
      piped((bytes) => bytes.toUpperCase()),
    ),
    ['- | failed | step 2, upstream_sees: expected "abc", saw "ABC"'],
  );
});

test("log lines are expected of a TCP case as of any other", async () => {
  const host = piped(undefined, ["info one"]);
  const lines = "{ client_sends: abc }\n{ upstream_sees: abc }";
  assert.deepEqual(await steps(lines, host, "    logs: [one]\n"), ["- | passed"]);
  assert.deepEqual(await steps(lines, host, "    logs: [{ without: [one] }]\n"), [
    '- | failed | logs: expected no line with "one", saw "info one"',
  ]);
});

test("a case is played as often as it says, and not where it cannot be", async () => {
  const lines = "{ client_sends: abc }\n{ upstream_sees: abc }";
  let count = 0;
  const host = served("counting", (client, { upstream }) => {
    count++;
    pipe(client, upstream.port);
  });
  assert.deepEqual(await steps(lines, host, "    repeat: 3\n"), ["- | passed"]);
  assert.equal(count, 3);
  assert.deepEqual(await steps(lines, host, "    cannot: { counting: because }\n"), [
    "- | not played | because",
  ]);
});

test("a document holds cases of one kind", async () => {
  const text =
    "filter: plain\ncases:\n  - name: a\n    tcp: [{ client_connects: true }]\n  - name: b\n    client: { status: 200 }\n";
  await assert.rejects(
    play(text, direct()),
    new RegExp("cases with and without tcp need documents of their own"),
  );
});

const unreadable: [step: string, message: RegExp][] = [
  ["{ client_sends: a, client_sees: a }", /tcp\[0\]: expected one action$/],
  ["{ connection: a }", /tcp\[0\]: expected one action beside the connection$/],
  ["{ client_sings: a }", /tcp\[0\]: unknown field "client_sings"/],
  ["{ client_sends: 3 }", /tcp\[0\]\.client_sends: expected text, .* got 3$/],
  ["{ client_closes: yes }", /tcp\[0\]\.client_closes: expected true, got "yes"$/],
  ["{ waits: long }", /tcp\[0\]\.waits: expected a duration/],
];

for (const [step, message] of unreadable) {
  test(`does not take ${step} for a step`, async () => {
    await assert.rejects(steps(step), (error) => error instanceof UserError && message.test(error.message));
  });
}

test("a TCP case has no request", async () => {
  const own = /a case with tcp has its steps in place of/;
  await assert.rejects(steps("{ client_connects: true }", direct(), "    send: {}\n"), own);
});

function pipe(client: Socket, port: number): void {
  const upstream = connect(port, "127.0.0.1");
  upstream.on("error", () => {});
  client.pipe(upstream).pipe(client);
}

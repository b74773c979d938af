import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../../../tools/traffic/host.js";
import { answering, hostOf, piped, served } from "./hosts.js";
import { play, playCase, verdicts } from "./play-text.js";

const REQUEST = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

test("an upstream that sees nothing is red when the client got an answer from elsewhere first", async () => {
  const host = served("sneaky", (client, setup) => {
    client.once("data", (data) => {
      client.write("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n");
      connect(setup.upstream.port, "127.0.0.1").write(data);
    });
  });
  const lines = "protocol: http1\nclient: { status: 401 }\nupstream: none";
  assert.deepEqual(verdicts(await playCase(lines, host)), [
    "http1 | failed | upstream: expected no request, saw GET /",
  ]);
});

test("a request that reaches the upstream after its case is told of in that case", async () => {
  const host = served("late", (client) => {
    client.once("data", () => client.write("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n"));
  });
  const late: Host = {
    ...host,
    start: async (setup) => {
      const started = await host.start(setup);
      if (started.refused) return started;
      const stop = async (): Promise<void> => {
        connect(setup.upstream.port, "127.0.0.1").write("GET /late HTTP/1.1\r\n\r\n");
        await sleep(50);
        await started.running.stop();
      };
      return { refused: false, running: { ...started.running, stop } };
    },
  };
  const results = await playCase("protocol: http1\nclient: { status: 401 }\nupstream: none", late);
  assert.deepEqual(verdicts(results), [
    "http1 | failed | upstream: GET /late arrived after the case had ended",
  ]);
});

test("a request that its case does not look at is not taken for one of the next case", async () => {
  const host = served("behind", (client, setup) => {
    client.once("data", async (data) => {
      const answersFirst = data.includes("/one");
      if (answersFirst) client.write("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n");
      await sleep(answersFirst ? 8 : 15);
      const upstream = connect(setup.upstream.port, "127.0.0.1");
      upstream.write(data);
      if (!answersFirst) upstream.pipe(client);
    });
  });
  const one = "  - { name: one, protocol: http1, send: { path: /one }, client: { status: 401 } }";
  const two = "  - { name: two, protocol: http1, send: { path: /two }, upstream: { path: /two } }";
  const results = await play(`filter: plain\ncases:\n${one}\n${two}\n`, host);
  assert.deepEqual(verdicts(results), ["http1 | passed", "http1 | passed"]);
});

test("two requests are red, whether the upstream is looked at or not", async () => {
  const twice = piped((bytes) => bytes + (bytes.startsWith("GET") ? REQUEST : ""));
  for (const expectation of ["upstream: { method: GET }", "client: { status: 200 }"]) {
    const [result] = await playCase(`protocol: http1\n${expectation}`, twice);
    assert.equal(result?.verdict, "failed");
    assert.match(result.details.join("\n"), /upstream: expected one request, saw GET \/, saw GET \//);
  }
});

test("no request where one is expected is red", async () => {
  const host = answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
  const results = await playCase("protocol: http1\nupstream: { method: GET }", host);
  assert.deepEqual(verdicts(results), ["http1 | failed | upstream: expected one request, saw none"]);
});

test("bytes left over after a request are red even where the upstream is not looked at", async () => {
  const host = piped((bytes) => `${bytes}ody`);
  const results = await playCase("protocol: http1\nclient: { status: 200 }", host);
  assert.deepEqual(verdicts(results), [
    'http1 | failed | upstream: got 3 bytes that are no whole request: "ody"',
  ]);
});

test("bytes left over after an answer are red", async () => {
  const host = answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhello");
  const results = await playCase("protocol: http1\nclient: { status: 200 }", host);
  assert.deepEqual(verdicts(results), [
    `http1 | failed | client: 3 bytes after the answer's end: "llo" (after status 200)`,
  ]);
});

test("an answer cut short is red, and expected where a case says so", async () => {
  const host = served("cutting", (client) => {
    client.once("data", () => client.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal"));
  });
  const plain = await playCase("protocol: http1\nclient: { status: 200 }", host);
  assert.deepEqual(verdicts(plain), [
    "http1 | failed | client: the connection was closed (after status 200)",
  ]);
  const cut = await playCase("protocol: http1\nclient: { status: 200, body: hal, cut: true }", host);
  assert.deepEqual(verdicts(cut), ["http1 | passed"]);
});

test("a host that closes at once or is gone is red on both protocols, also where a cut answer is expected", async () => {
  const closing = served("closing", (client) => client.destroy());
  const gone = hostOf("gone", async () => ({
    refused: false,
    running: { port: 1, logs: () => [], metrics: async () => ({}), stop: async () => {} },
  }));
  for (const [host, expected] of [
    [closing, "{ status: 200 }"],
    [gone, "{ cut: true }"],
  ] as const) {
    const results = await playCase(`client: ${expected}`, host);
    assert.deepEqual(
      results.map((one) => one.verdict),
      ["failed", "failed"],
    );
  }
});

test("a request that the upstream did not get whole is red, and expected where a case says so", async () => {
  const host = served("early", (client, setup) => {
    client.once("data", () => {
      const upstream = connect(setup.upstream.port, "127.0.0.1");
      upstream.end("POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nabc");
      upstream.on("close", () => client.write("HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n"));
    });
  });
  const red = await playCase("protocol: http1\nupstream: { method: POST }", host);
  const why = "upstream: the request is not complete: the connection was closed";
  assert.deepEqual(verdicts(red), [`http1 | failed | ${why}`]);
  const cut = await playCase("protocol: http1\nupstream: { body: abc, cut: true }", host);
  assert.deepEqual(verdicts(cut), ["http1 | passed"]);
});

test("bytes that are no HTTP are red on either side", async () => {
  const lines = "protocol: http1\nclient: { status: 200 }";
  const answer = verdicts(await playCase(lines, answering("HTTP/1.1 OK\r\n\r\n")));
  assert.deepEqual(answer, ['http1 | failed | client: not a status line: "HTTP/1.1 OK"']);
  const request = verdicts(
    await playCase(
      lines,
      piped((bytes) => bytes.replace(" HTTP/1.1", "")),
    ),
  );
  assert.match(request[0] ?? "", /upstream: got not a request line: "GET \/"/);
});

test("a repeated case fails at the first time that fails", async () => {
  let count = 0;
  const host = piped((bytes) => (++count === 3 ? bytes.replace("GET /", "GET /x") : bytes));
  const results = await playCase("protocol: http1\nrepeat: 5\nupstream: { path: / }", host);
  assert.deepEqual(verdicts(results), [
    'http1 | failed | time 3 of 5: upstream path: expected "/", saw "/x"',
  ]);
});

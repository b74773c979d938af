import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { parseCase, parseTraffic, readTrafficFile } from "../../../tools/traffic/index.js";

const CASE = "cases: [{ name: a, client: { status: 200 } }]";

/** A file with a mistake, and all that is said of it. */
const MISTAKES: [text: string, problems: string[]][] = [
  [
    "filter: [",
    ["t.yaml:1:10: Flow sequence in block collection must be sufficiently indented and end with a ]"],
  ],
  [`filter: a\nfilter: b\n${CASE}`, ["t.yaml:2:1: Map keys must be unique"]],
  ["", ["t.yaml: holds no document"]],
  ["just text", ['t.yaml:1:1: expected fields, got "just text"']],
  ["filter: a\n", ["t.yaml:1:1: expected cases or rejected"]],
  [CASE, ["t.yaml:1:1: expected a filter or a chain"]],
  [`filter: a\nchain: [{filter: b}]\n${CASE}`, ["t.yaml:1:1: filter and chain exclude each other"]],
  [
    `chain: [{filter: b}]\nconfig: {}\n${CASE}`,
    ["t.yaml:1:1: in a chain, each filter has its own config: move it there"],
  ],
  [
    `filter: a\ncolour: red\n${CASE}`,
    [
      't.yaml:2:1: unknown field "colour"; known are filter, root_id, config, chain, environment, options, upstream_protocol, callees, rejected, cases',
    ],
  ],
  [
    "filter: a\nrejected: [x]\n---\nfilter: b\ncases:\n  - name: one\n    client:\n      status: '200'\n",
    ['t.yaml:8:15: cases[0].client.status: expected a whole number, got "200"'],
  ],
  [
    "filter: a\ncases:\n  - name: one\n    client:\n      stauts: 200\n",
    [
      't.yaml:5:7: cases[0].client: unknown field "stauts"; known are status, informational, headers, without, body, trailers, cut',
    ],
  ],
  [
    "filter: a\ncases:\n  - name: one\n",
    ["t.yaml:3:5: cases[0]: expected client or upstream: a case that expects nothing cannot fail"],
  ],
  ["filter: a\ncases:\n  - client: {status: 200}\n", ['t.yaml:3:5: cases[0]: the field "name" is missing']],
  [
    "filter: a\ncases:\n  - name: one\n    send:\n      headers:\n        x-a: 3\n    client: {status: 200}\n",
    [
      "t.yaml:6:14: cases[0].send.headers.x-a: expected text, { base64: ... }, or a list of them for a repeated header, got 3",
    ],
  ],
  [
    "filter: a\ncases:\n  - name: one\n    send: { headers: [[x-a]], body: {base64: '?'} }\n    client: {status: 200}\n",
    [
      "t.yaml:4:23: cases[0].send.headers[0]: must NOT have fewer than 2 items",
      't.yaml:4:46: cases[0].send.body.base64: expected base64, got "?"',
    ],
  ],
  [
    "filter: a\ncases:\n  - name: one\n    send: { body: a, chunks: [a] }\n    client: {status: 200}\n",
    ["t.yaml:4:11: cases[0].send: body and chunks exclude each other"],
  ],
  [
    "filter: a\ncases:\n  - name: one\n    client: { body: { matches: '(' } }\n    upstream: some\n",
    [
      't.yaml:4:32: cases[0].client.body.matches: expected a regular expression, got "("',
      't.yaml:5:15: cases[0].upstream: expected what reaches the upstream, or the word none, got "some"',
    ],
  ],
  [
    "filter: a\ncases:\n  - name: one\n    protocol: http3\n    timeout: soon\n    client: {status: 200}\n",
    [
      't.yaml:4:15: cases[0].protocol: expected http1, http2 or a list of them, got "http3"',
      't.yaml:5:14: cases[0].timeout: expected a duration such as 500ms or 15s, got "soon"',
    ],
  ],
  [
    "filter: a\ncases:\n  - {name: one, client: {status: 200}}\n  - {name: one, client: {status: 200}}\n",
    ["t.yaml:4:12: cases[1].name: another case has this name"],
  ],
  [
    "filter: a\noptions: { failure_policy: FAIL_OFTEN }\nrejected: []\n",
    [
      't.yaml:2:28: options.failure_policy: expected one of FAIL_RELOAD, FAIL_CLOSED, FAIL_OPEN, got "FAIL_OFTEN"',
      "t.yaml:3:11: rejected: must NOT have fewer than 1 items",
    ],
  ],
];

for (const [text, problems] of MISTAKES) {
  test(`the mistake in ${JSON.stringify(text)} is told with its place`, () => {
    assert.throws(
      () => parseTraffic(text, "t.yaml"),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.deepEqual(error.message.split("\n"), problems);
        return true;
      },
    );
  });
}

test("every document's mistakes are told at once", () => {
  const text = "filter: 1\nrejected: [a]\n---\nfilter: a\nrejected: [2]\n";
  assert.throws(() => parseTraffic(text, "t.yaml"), /t.yaml:1:9: filter: .*\nt.yaml:5:12: rejected\[0\]: /);
});

test("a file that cannot be read is a mistake of the user's", async () => {
  await assert.rejects(
    readTrafficFile("/nowhere/t.yaml"),
    /^UserError: \/nowhere\/t.yaml: cannot be read: ENOENT/,
  );
});

test("a case knows its line", () => {
  const file = parseTraffic(
    `# first\nfilter: a\ncases:\n\n  - name: one\n    client: { status: 200 }\n`,
    "t.yaml",
  );
  assert.deepEqual([file.documents[0]?.line, file.documents[0]?.cases[0]?.line], [2, 5]);
});

test("a case from another file is read by the same rules", () => {
  assert.equal(parseCase({ name: "one", client: { status: 200 } }, "filter.yaml: demo").send.method, "GET");
  assert.throws(
    () => parseCase({ name: "one", client: { status: "x" } }, "filter.yaml: demo.requests[0]"),
    /^UserError: filter.yaml: demo.requests\[0\].client.status: expected a whole number, got "x"$/,
  );
});

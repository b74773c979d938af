import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { readManifest } from "../../../tools/manifest/read.js";
import { project } from "./folders.js";

const complete = `name: api-key
summary: Lets requests through that carry a known API key.
configuration: { keys: [a, b], nested: { deep: true } }
root_id: second
failure_policy: FAIL_CLOSED
stream_idle_timeout: 1.5s
allow_on_headers_stop_iteration: true
environment: [API_KEYS]
capabilities: [headers, log]
callees: { authz: { address: authz.example, port: 8080, protocol: grpc }, log: { port: 9 } }
demo:
  pass: { headers: { x-api-key: a } }
  requests:
    - name: a known key
      protocol: [http2]
      send: { method: GET, path: /orders, headers: [[x-api-key, a], [x-odd, { base64: /w== }]] }
      respond: { status: 201, headers: { x-many: [a, b] }, chunks: [a, b] }
      client: { status: 201, without: [x-api-key] }
      upstream: { path: /orders, without: [x-api-key] }
    - name: no key
      send: { path: /orders }
      client: { status: 401 }
      upstream: none
`;

test("reads each part of a complete manifest", () => {
  const manifest = readManifest(written(complete));
  assert.deepEqual(manifest.configuration, { keys: ["a", "b"], nested: { deep: true } });
  assert.equal(manifest.rootId, "second");
  assert.equal(manifest.failurePolicy, "FAIL_CLOSED");
  assert.equal(manifest.streamIdleTimeoutMs, 1500);
  assert.equal(manifest.allowOnHeadersStopIteration, true);
  assert.deepEqual(manifest.environment, ["API_KEYS"]);
  assert.deepEqual(manifest.ceiling, { groups: ["headers", "log"], line: 9 });
  assert.deepEqual(manifest.callees, {
    authz: { address: "authz.example", port: 8080, protocol: "http2" },
    log: { address: "127.0.0.1", port: 9, protocol: "http1" },
  });
  assert.deepEqual(manifest.demo?.pass, { headers: { "x-api-key": "a" } });
  assert.equal(manifest.demo?.requests[1]?.upstream, "none");
});

test("fills in what a short manifest leaves out", () => {
  const manifest = readManifest(written("name: api-key\nsummary: Short.\n"));
  assert.equal(manifest.failurePolicy, "FAIL_RELOAD");
  assert.equal(manifest.rootId, "");
  assert.equal(manifest.configuration, undefined);
  assert.equal(manifest.streamIdleTimeoutMs, undefined);
  assert.deepEqual(manifest.environment, []);
  assert.equal(manifest.ceiling, null);
  assert.deepEqual(manifest.callees, {});
});

/** What is added to a good manifest of two lines, and the complaint about it. */
const wrong: Record<string, [string, RegExp]> = {
  "a misspelt setting": [
    "stream_idle_timout: 3s\n",
    /filter\.yaml:3: stream_idle_timout: unknown setting; did you mean stream_idle_timeout\?$/,
  ],
  "a setting like no other": ["zzz: 1\n", /:3: zzz: unknown setting; known are name, summary, /],
  "a value of another type": ["configuration: [1]\n", /:3: configuration: expected object$/],
  "a callee without a port": ["callees: { authz: { address: a } }\n", /:3: callees\.authz\.port: required$/],
  "a callee's unknown protocol": [
    "callees: { authz: { port: 1, protocol: http3 } }\n",
    /:3: callees\.authz\.protocol: expected one of http1, http2, grpc$/,
  ],
  "a callee that is called upstream": [
    "callees: { upstream: { port: 1 } }\n",
    /:3: callees: "upstream" is no name that can be given here: see [^\n]+$/,
  ],
  "a policy that Envoy lacks": [
    "failure_policy: OPEN\n",
    /:3: failure_policy: expected one of FAIL_RELOAD, /,
  ],
  "a duration without a unit": ["stream_idle_timeout: 15\n", /:3: stream_idle_timeout: expected string$/],
  "a duration with a strange unit": [
    "stream_idle_timeout: 15h\n",
    /:3: stream_idle_timeout: "15h" does not match/,
  ],
  "a variable's name with a blank": ["environment: [A, B C]\n", /:3: environment\[1\]: "B C" does not match/],
  "a group that is misspelt": [
    "capabilities: [log, header]\n",
    /:3: capabilities\[1\]: expected one of headers, trailers, .*; did you mean headers\?$/,
  ],
  "a group like no other": ["capabilities: [everything]\n", /:3: capabilities\[0\]: expected one of [^;]*$/],
  "a function in place of its group": [
    "capabilities: [proxy_log]\n",
    /:3: capabilities\[0\]: expected one of /,
  ],
  "a group that is there twice": [
    "capabilities: [log, log]\n",
    /:3: capabilities: must NOT have duplicate items/,
  ],
  "a single group that is no list": ["capabilities: headers\n", /:3: capabilities: expected array$/],
  "a mistake deep in the demo": [
    "demo:\n  requests:\n    - name: a\n      send: {}\n      client:\n        statu: 200\n",
    /:8: demo\.requests\[0\]\.client\.statu: unknown setting; did you mean status\?$/,
  ],
  "a request that lacks what the client sees": [
    "demo:\n  requests:\n    - name: a\n      send: {}\n",
    /:5: demo\.requests\[0\]\.client: required$/,
  ],
  "an upstream that is neither a mapping nor none": [
    "demo:\n  requests:\n    - { name: a, send: {}, client: {}, upstream: nothing }\n",
    /:5: demo\.requests\[0\]\.upstream: "nothing" does not match/,
  ],
  "a number that would be rounded": [
    "configuration: { id: 9007199254740993 }\n",
    /:3: 9007199254740993 is too large/,
  ],
  "a key that stands twice": ["summary: Again.\n", /:3: Map keys must be unique/],
  "text that is no YAML": ["configuration: { a: 1\n", /:\d: /],
};

for (const [what, [addition, complaint]] of Object.entries(wrong)) {
  test(`reports ${what} with its line`, () => {
    assert.match(complaintOf("name: api-key\nsummary: Short.\n" + addition), complaint);
  });
}

test("lists all problems of a manifest, in the order of its lines", () => {
  const lines = complaintOf("naem: api-key\nsummary: 1\nroot_id: 2\n").split("\n");
  const places = lines.map((line) => line.replace(/^.*filter\.yaml:/, "").replace(/;.*/, ""));
  assert.deepEqual(places, [
    "1: name: required",
    "1: naem: unknown setting",
    "2: summary: expected string",
    "3: root_id: expected string",
  ]);
});

test("refuses a name that differs from the folder's", () => {
  assert.match(complaintOf("name: other\nsummary: Short.\n"), /:1: name: other differs from .* api-key$/);
});

test("says which file cannot be read", () => {
  assert.throws(() => readManifest("/nowhere/filter.yaml"), /nowhere\/filter\.yaml: cannot be read/);
});

function written(text: string): string {
  return join(project({ "filters/api-key/filter.yaml": text }), "filters/api-key/filter.yaml");
}

function complaintOf(text: string): string {
  try {
    readManifest(written(text));
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message;
  }
  assert.fail("the manifest was accepted");
}

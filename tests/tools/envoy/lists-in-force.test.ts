import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { modulesOf } from "../../../tools/cli/modules.js";
import { resolverFor } from "../../../tools/cli/testing/resolver.js";
import { packageRoot } from "../../../tools/package-root.js";
import { playDocument } from "../../../tools/traffic/play/play-document.js";
import { readTrafficFile, type CaseResult } from "../../../tools/traffic/index.js";
import { lacking } from "./support/lacking.js";

// Every traffic case runs under its filters' lists. Here one name is missing on the list, in real Envoy, and the case fails.

/** File, case, the name without which it fails, and with what. */
const cases: [file: string, kase: string, missing: string, detail: RegExp][] = [
  // The shipped filters: a callback, a header function, and what makes them start and refuse.
  [
    "api-key",
    "Bearer in front of the key is left out",
    "proxy_on_request_headers",
    /^upstream header x-consumer: expected "bob", saw none$/m,
  ],
  [
    "api-key",
    "Bearer in front of the key is left out",
    "proxy_remove_header_map_value",
    /^upstream header x-api-key: expected none, .*\nlogs: "error api-key: Attempted call to restricted proxy-wasm capability: proxy_remove_header_map_value"$/,
  ],
  [
    "api-key",
    "a key that is not ASCII is refused",
    "proxy_send_local_response",
    /no request had reached the upstream/,
  ],
  ["api-key", "a key is known from the environment", "environ_get", /^the host did not start/],
  [
    "headers",
    "an empty header is there",
    "proxy_on_response_headers",
    /^client header x-if-there: expected "new", saw ""$/m,
  ],
  [
    "headers",
    "a response without a body is changed",
    "proxy_replace_header_map_value",
    /^client header x-set: expected "new"/,
  ],
  [
    "headers",
    "the protocol is named HTTP/1.1",
    "proxy_get_property",
    /^logs: "error headers: Attempted call/m,
  ],
  [
    "headers",
    "the consumer that api-key found is known to the filters behind it",
    "proxy_set_property",
    /^logs: "error api-key or headers: Attempted call/m,
  ],
  // Of the samples those that reach furthest.
  [
    "bodies",
    "bytes in the middle of a body are replaced",
    "proxy_set_buffer_bytes",
    /^upstream body: expected "ab<>fg"/,
  ],
  ["callouts", "answers may come in any order", "proxy_http_call", /^logs: "error ask-two: Attempted call/m],
  ["grpc", "an empty message is an answer", "proxy_grpc_call", /^logs: "error grpc-check: Attempted call/m],
  [
    "services",
    "shared data is read by other requests",
    "proxy_get_shared_data",
    /^client body: expected "one", saw "none"$/m,
  ],
  [
    "services",
    "the environment shows what the configuration lets through",
    "environ_get",
    /^logs: "error signing: Attempted call to restricted WASI capability/m,
  ],
  ["services", "a condition that does not hold lets through", "proxy_call_foreign_function", /./],
  [
    "tcp",
    "data is replaced as a whole, or taken out",
    "proxy_on_downstream_data",
    /^step 2, upstream_sees: expected "another"/,
  ],
  [
    "tcp",
    "data is replaced as a whole, or taken out",
    "proxy_set_buffer_bytes",
    /^logs: "error tcp-edits: Attempted call/m,
  ],
];

const found = resolverFor(packageRoot, modulesOf(packageRoot));

/** Plays one case on real Envoy, with HTTP/1.1 where it is about HTTP. */
async function play(file: string, kase: string, missing: string): Promise<CaseResult> {
  const path = join(packageRoot, "tests/traffic", `${file}.yaml`);
  const { documents } = await readTrafficFile(path);
  const document = documents.find(
    (one) => one.rejected === null && one.cases.some(({ name }) => name === kase),
  );
  assert.ok(document, `${file}: no such case: ${kase}`);
  const chosen = document.cases
    .filter(({ name }) => name === kase)
    .map((one) => ({ ...one, protocols: one.protocols.slice(0, 1) }));
  const chain = [];
  for (const { filter, options, ...link } of document.chain) {
    const { name, wasm, rootId, options: own } = await found(filter, dirname(path));
    chain.push({ ...link, name, wasm, rootId: link.rootId ?? rootId, options: { ...own, ...options } });
  }
  const stage = { file: path, document: { ...document, cases: chosen }, chain, host: lacking([missing]) };
  const [result] = await playDocument({ ...stage, options: { timeoutMs: 300 } });
  return result!;
}

for (const [file, kase, missing, detail] of cases) {
  test(`${file}: "${kase}" fails without ${missing}`, async () => {
    const { verdict, details } = await play(file, kase, missing);
    assert.equal(verdict, "failed");
    assert.match(details.join("\n"), detail);
  });
}

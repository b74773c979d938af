import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { UserError } from "../../../tools/errors.js";
import { generateBootstrap, type BootstrapOptions } from "../../../tools/envoy/bootstrap.js";
import { moduleFacts } from "../../../tools/envoy/module.js";
import { chainKind } from "../../../tools/envoy/tcp-kind.js";
import { optionsWith, plain } from "./support/plugins.js";
import { withSection } from "./support/raw-module.js";

const tcp = { ...plain, name: "tcp", kind: "tcp" } as const;

/** Listener, filters and cluster of a bootstrap for TCP. */
function generated(changes: Partial<BootstrapOptions> = {}) {
  const { static_resources } = parse(generateBootstrap(optionsWith({ chain: [tcp], ...changes })));
  const [listener] = static_resources.listeners;
  return { listener, filters: listener.filter_chains[0].filters, cluster: static_resources.clusters[0] };
}

test("a chain for TCP stands before a proxy of bytes, not of HTTP", () => {
  const { filters, listener, cluster } = generated({ chain: [tcp, { ...tcp, name: "second" }] });
  const names = filters.map((filter: { name: string }) => filter.name);
  assert.deepEqual(names, ["tcp", "second", "envoy.filters.network.tcp_proxy"]);
  assert.match(filters[0].typed_config["@type"], /filters\.network\.wasm\.v3\.Wasm$/);
  assert.equal(filters[2].typed_config.cluster, "upstream");
  assert.equal(listener.enable_reuse_port, false);
  assert.equal("typed_extension_protocol_options" in cluster, false);
});

test("a TCP filter gets the same VM, policy and capabilities as one for HTTP, without what is HTTP's", () => {
  const held = { ...tcp, allowOnHeadersStopIteration: true };
  const { config } = generated({ chain: [held] }).filters[0].typed_config;
  assert.equal(config.failure_policy, "FAIL_RELOAD");
  assert.deepEqual(
    Object.keys(config.vm_config.capability_restriction_config.allowed_capabilities),
    plain.capabilities,
  );
  assert.equal("allow_on_headers_stop_iteration" in config, false);
});

test("a connection may rest as long as Envoy lets it, unless a filter asks for less", () => {
  const proxyOf = (changes = {}) => generated(changes).filters.at(-1).typed_config;
  assert.equal("idle_timeout" in proxyOf(), false);
  assert.equal(proxyOf({ chain: [{ ...tcp, streamIdleTimeoutMs: 30_000 }, tcp] }).idle_timeout, "30s");
});

test("a chain that mixes kinds is refused, and the message names one of each", () => {
  const mixed = [{ name: "auth", kind: "http" } as const, { name: "mail", kind: "tcp" } as const];
  const message = /^a chain holds filters of one kind: auth is for HTTP, mail for TCP$/;
  for (const chain of [mixed, mixed.toReversed()])
    assert.throws(() => chainKind(chain), { name: "UserError", message });
  assert.throws(() => generateBootstrap(optionsWith({ chain: [plain, tcp] })), UserError);
});

test("a chain without filters is HTTP's", () => {
  assert.equal(chainKind([]), "http");
});

test("a module's metadata says what its filter of a root_id filters; without any it is HTTP", () => {
  const bare = Buffer.from("0061736d01000000", "hex");
  const filters = [
    { rootId: "web", stateful: true, kind: "http" },
    { rootId: "mail", stateful: true, kind: "tcp" },
  ];
  const bundle = moduleFacts(withSection(bare, "meshscript", JSON.stringify({ filters })));
  assert.deepEqual([bundle.kindOf("web"), bundle.kindOf("mail")], ["http", "tcp"]);
  const single = JSON.stringify({ filters: [{ rootId: "", stateful: true, kind: "tcp" }] });
  assert.equal(moduleFacts(withSection(bare, "meshscript", single)).kindOf("any"), "tcp");
  assert.equal(moduleFacts(bare).kindOf(""), "http");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { generateBootstrap } from "../../../tools/envoy/bootstrap.js";
import { generated, optionsWith, plain } from "./support/plugins.js";

const loopback = (port: number) => ({ socket_address: { address: "127.0.0.1", port_value: port } });

test("listens on loopback, and shares its port with no other Envoy", () => {
  const { listener } = generated();
  assert.deepEqual(listener.address, loopback(10000));
  assert.equal(listener.enable_reuse_port, false);
});

test("listens on another address where one is given", () => {
  const { listener } = generated({ listen: { port: 80, address: "0.0.0.0" } });
  assert.deepEqual(listener.address.socket_address, { address: "0.0.0.0", port_value: 80 });
});

test("has an admin interface only where one is asked for", () => {
  assert.equal("admin" in generated().bootstrap, false);
  assert.deepEqual(generated({ admin: { port: 9901 } }).bootstrap.admin.address, loopback(9901));
});

test("trusts no client about its address, its path's spelling or its headers' names", () => {
  const { manager } = generated();
  assert.equal(manager.codec_type, "AUTO");
  assert.equal(manager.use_remote_address, true);
  assert.equal(manager.normalize_path, true);
  assert.equal(manager.merge_slashes, true);
  assert.equal(manager.path_with_escaped_slashes_action, "REJECT_REQUEST");
  assert.equal(manager.common_http_protocol_options.headers_with_underscores_action, "REJECT_REQUEST");
  assert.equal("access_log" in manager, false);
});

test("ends idle streams after 15 s unless a filter asks for another time", () => {
  const patient = { ...plain, streamIdleTimeoutMs: 60_000 };
  const hasty = { ...plain, streamIdleTimeoutMs: 500 };
  assert.equal(generated().manager.stream_idle_timeout, "15s");
  assert.equal(generated({ chain: [hasty] }).manager.stream_idle_timeout, "0.5s");
  assert.equal(generated({ chain: [hasty, patient, plain] }).manager.stream_idle_timeout, "60s");
  assert.equal(generated({ chain: [patient], streamIdleTimeoutMs: 3000 }).manager.stream_idle_timeout, "3s");
});

test("runs the chain in its order, then the router", () => {
  const chain = [plain, { ...plain, name: "second" }];
  const names = generated({ chain }).manager.http_filters.map((filter: { name: string }) => filter.name);
  assert.deepEqual(names, ["plain", "second", "envoy.filters.http.router"]);
});

test("sends everything to the upstream, within a bound", () => {
  const route = (changes = {}) => generated(changes).manager.route_config.virtual_hosts[0].routes[0];
  assert.deepEqual(route(), { match: { prefix: "/" }, route: { cluster: "upstream", timeout: "15s" } });
  assert.equal(route({ routeTimeoutMs: 250 }).route.timeout, "0.25s");
});

test("speaks the upstream's protocol", () => {
  const protocol = (changes = {}) => {
    const [options] = Object.values<{ explicit_http_config: object }>(
      generated(changes).cluster.typed_extension_protocol_options,
    );
    return options!.explicit_http_config;
  };
  assert.deepEqual(protocol(), { http_protocol_options: {} });
  assert.deepEqual(protocol({ upstream: { port: 1, protocol: "http2" } }), { http2_protocol_options: {} });
  assert.deepEqual(protocol({ http1Trailers: true }), { http_protocol_options: { enable_trailers: true } });
});

test("lets HTTP/1.1 trailers through only where asked to", () => {
  assert.equal("http_protocol_options" in generated().manager, false);
  assert.deepEqual(generated({ http1Trailers: true }).manager.http_protocol_options, {
    enable_trailers: true,
  });
});

test("finds the upstream at its address", () => {
  const endpoint = (changes = {}) =>
    generated(changes).cluster.load_assignment.endpoints[0].lb_endpoints[0].endpoint.address;
  assert.deepEqual(endpoint(), loopback(9000));
  assert.deepEqual(
    endpoint({ upstream: { port: 1, address: "10.0.0.1" } }).socket_address.address,
    "10.0.0.1",
  );
});

test("has a cluster for each server that filters call, resolved where it has a name", () => {
  const [, authz, log] = generated({
    callees: { authz: { address: "authz.example", port: 8080, protocol: "http2" }, log: { port: 9 } },
  }).bootstrap.static_resources.clusters;
  const [options] = Object.values<{ explicit_http_config: object }>(authz.typed_extension_protocol_options);
  assert.deepEqual([authz.name, authz.type], ["authz", "STRICT_DNS"]);
  assert.deepEqual(options!.explicit_http_config, { http2_protocol_options: {} });
  assert.deepEqual([log.name, log.type], ["log", "STATIC"]);
  const [{ endpoint }] = log.load_assignment.endpoints[0].lb_endpoints;
  assert.deepEqual(endpoint.address, loopback(9));
});

test("begins with its heading and gives equal text for equal options", () => {
  const options = optionsWith({ heading: "From here.\nStart there." });
  assert.match(generateBootstrap(options), /^# From here\.\n# Start there\.\n/);
  assert.equal(
    generateBootstrap(options),
    generateBootstrap(optionsWith({ heading: "From here.\nStart there." })),
  );
});

test("says why where it is not obvious", () => {
  const text = generateBootstrap(optionsWith());
  assert.match(text, /# .*crash.*\n +failure_policy/);
  assert.match(text, /# .*claims.*\n +use_remote_address/);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { official } from "../../../tools/compose/images/images.js";
import { packageRoot } from "../../../tools/package-root.js";

interface Service {
  image: string;
  user: string;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  mem_limit: string;
  pids_limit: number;
  ports?: string[];
  volumes: { type: string; read_only: boolean; source: string; bind?: { create_host_path: boolean } }[];
}

const text = readFileSync(join(packageRoot, "compose.yaml"), "utf8");
const services: Record<string, Service> = parse(text, { merge: true }).services;

for (const [name, service] of Object.entries(services)) {
  test(`${name} has the least privileges, and bounded memory and processes`, () => {
    assert.equal(service.read_only, true);
    assert.deepEqual(service.cap_drop, ["ALL"]);
    assert.deepEqual(service.security_opt, ["no-new-privileges:true"]);
    assert.match(service.user, /^[1-9]\d*:[1-9]\d*$/);
    assert.match(service.mem_limit, /^\d+m$/);
    assert.ok(service.pids_limit > 0);
    for (const port of service.ports ?? []) assert.match(port, /^127\.0\.0\.1:/);
    for (const mount of service.volumes) assert.deepEqual([mount.type, mount.read_only], ["bind", true]);
  });
}

test("takes the official images unless others are named", () => {
  assert.equal(services.envoy!.image, `\${ENVOY_IMAGE:-${official.envoy}}`);
  assert.equal(services.echo!.image, `\${NODE_IMAGE:-${official.node}}`);
});

test("makes no folder where a module or a configuration is missing", () => {
  const mounts = services.envoy!.volumes;
  assert.deepEqual(
    mounts.map(({ bind }) => bind?.create_host_path),
    [false, false],
  );
});

test("waits for Envoy without a program in its image that could ask", () => {
  assert.ok(!("healthcheck" in services.envoy!));
  assert.match(JSON.stringify(services.ready), /http:\/\/envoy:9901\/ready/);
});

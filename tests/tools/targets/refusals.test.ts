import assert from "node:assert/strict";
import { test } from "node:test";
import { envoyGateway } from "../../../tools/targets/envoy-gateway.js";
import { gcp } from "../../../tools/targets/gcp.js";
import { higress } from "../../../tools/targets/higress.js";
import { istio, trafficExtension } from "../../../tools/targets/istio.js";
import { kong } from "../../../tools/targets/kong.js";
import type { BuiltMesh, Target } from "../../../tools/targets/index.js";
import { filters, link, meshWith, type Changes } from "./support/meshes.js";

type Refusal = [target: Target, filter: string, changes: Changes, message: RegExp, hint?: RegExp];

const held = /cannot express what this filter depends on: allow_on_headers_stop_iteration/;
const tcp = /cannot express what this filter depends on: it filters TCP connections/;
const shared = /cannot express what this filter depends on: vm_id: shared data and queues/;
const withheld =
  /cannot express what this filter depends on: capability_restriction_config: nothing here withholds/;
const environment = /depends on: environment_variables: it reads KEY, and filters here see no environment/;
const reading: Changes = { manifest: { environment: ["KEY"] } };
const asking: Changes = { manifest: { allowOnHeadersStopIteration: true } };
const bounded: Changes = { manifest: { ceiling: { groups: ["headers"], line: 3 } } };
const elsewhere = /^Deploy it with the target envoy, ecds, kubernetes or istio.$/;

const refusals: Refusal[] = [
  ...[envoyGateway, higress, kong, gcp].map((target): Refusal => [target, filters.tcp, {}, tcp]),
  ...[envoyGateway, higress].map((target): Refusal => [target, filters.holdsHeaders, {}, held, elsewhere]),
  ...[envoyGateway, higress, kong, gcp].map((target): Refusal => [target, filters.headers, asking, held]),
  ...[envoyGateway, higress].map((target): Refusal => [target, filters.counts, bounded, withheld]),
  [higress, filters.sharesData, {}, shared],
  [kong, filters.sharesData, {}, shared],
  [kong, filters.headers, reading, environment, /^Give the values as digests/],
  [gcp, filters.headers, reading, environment, /^Give the values as digests/],
  [
    istio,
    filters.headers,
    { image: null },
    /headers: Istio pulls modules as images, and the chain names none/,
    /meshscript pack/,
  ],
  [trafficExtension, filters.headers, { image: null }, /Istio pulls modules as images/],
  [istio, filters.holdsHeaders, { image: null }, /Istio pulls modules as images/],
  [envoyGateway, filters.headers, { image: null }, /Envoy Gateway pulls modules as images/],
  [higress, filters.headers, { image: null }, /Higress pulls modules as images/],
  [gcp, filters.headers, { image: null }, /Google Cloud pulls modules as images/],
  [
    istio,
    filters.holdsHeaders,
    { phase: "AUTHZ" },
    /has to be an EnvoyFilter, .* no EnvoyFilter finds the place of phase AUTHZ/,
    /^Give the filter the phase AUTHN/,
  ],
  [istio, filters.holdsHeaders, { phase: "STATS" }, /no EnvoyFilter finds the place of phase STATS/],
  [
    istio,
    filters.holdsHeaders,
    { pullSecret: "pull" },
    /Istio hands no pull_secret to one/,
    /service account/,
  ],
];

for (const [target, filter, changes, message, hint] of refusals)
  test(`${target.name} refuses ${filter} with ${JSON.stringify(changes)}: ${message.source}`, async () => {
    const mesh = meshWith([await link(filter, changes)]);
    assert.throws(() => target.generate(mesh), { name: "UserError", message, ...(hint && { hint }) });
  });

const callees = { authority: { address: "127.0.0.1", port: 80, protocol: "http1" as const } };
const calling = async (cluster: string) =>
  meshWith([await link(filters.calls, { configuration: { cluster } })], { callees });

const naming: [target: Target, names: RegExp][] = [
  [envoyGateway, /httproute\/NAMESPACE\/NAME\/rule\/0/],
  [higress, /outbound\|PORT\|\|NAME.dns/],
];

for (const [target, names] of naming)
  test(`${target.name} refuses a cluster that only the mesh defines, and takes one that the host knows`, async () => {
    const refused = await calling("authority");
    assert.throws(() => target.generate(refused), {
      message: /calls the cluster authority, which cannot be defined/,
      hint: names,
    });
    const { lost } = target.generate(await calling("known-to-the-host"));
    assert.ok(lost.some((text) => text.startsWith("callees: ask-authority must call servers by the names")));
  });

test("a filter that answers in the response's name is none that Kong lets wait", async () => {
  const mesh = await calling("authority.internal:80");
  assert.throws(() => kong.generate(mesh), /no response waits here for a filter/);
});

test("filters for requests and for connections are no chain of Istio's", async () => {
  const mesh = meshWith([await link(filters.headers), await link(filters.tcp)]);
  assert.throws(() => istio.generate(mesh), /a chain holds filters of one kind/);
});

type Placed = Pick<Changes, "phase" | "priority">;
const orders: [what: string, first: Placed, second: Placed, runs: number[] | RegExp][] = [
  ["as they stand", {}, {}, [20, 10]],
  ["a phase before the last", { phase: "AUTHN" }, {}, [20, 10]],
  [
    "a phase after the last",
    {},
    { phase: "AUTHN" },
    /headers \(phase UNSPECIFIED_PHASE\) stands before api-key \(phase AUTHN\)/,
  ],
  ["stated priorities in order", { priority: 7 }, { priority: 5 }, [7, 5]],
  ["stated priorities against the order", { priority: 5 }, { priority: 7 }, /would not run before it/],
  [
    "equal priorities, of which nobody knows which is first",
    { priority: 5 },
    { priority: 5 },
    /would not run before it/,
  ],
  ["a stated priority below the next one's own", { priority: 5 }, {}, /priority 5\) stands before api-key/],
  ["a stated priority that the first one's own is above", {}, { priority: 70 }, [80, 70]],
  ["priorities across phases", { phase: "AUTHN", priority: 1 }, { phase: "AUTHZ", priority: 9 }, [1, 9]],
];

for (const target of [istio, higress])
  for (const [what, first, second, runs] of orders)
    test(`${target.name} keeps the order of the chain, or refuses: ${what}`, async () => {
      const mesh: BuiltMesh = meshWith([
        await link(filters.headers, first),
        await link(filters.apiKey, second),
      ]);
      if (runs instanceof RegExp)
        return assert.throws(() => target.generate(mesh), { message: runs, hint: /^Phases run/ });
      const [text] = Object.values(target.generate(mesh).files);
      assert.deepEqual(
        [...text!.matchAll(/^ {2}priority: (\d+)/gm)].map(([, number]) => Number(number)),
        runs,
      );
    });

const all: Target[] = [istio, trafficExtension, envoyGateway, higress, kong, gcp];
for (const target of all)
  test(`${target.name} makes the same of the same`, async () => {
    const made = async () => target.generate(meshWith([await link(filters.headers, {}, target)]));
    assert.deepEqual(await made(), await made());
  });

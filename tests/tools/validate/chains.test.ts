import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "../cli/support/project.js";
import { asker, gate, manifest, plug } from "./support/filters.js";
import { validated } from "./support/validated.js";

const sound = manifest("gate", "credentials: [{ key: k-alice, client: alice }]");
const files: Record<string, string> = {
  ...gate,
  ...asker,
  ...plug,
  "filters/gate/filter.yaml": sound,
  "filters/asker/filter.yaml": manifest("asker", "cluster: authz", "callees: { authz: { port: 9001 } }\n"),
};
const image = "image: registry.example/filters/f:1";
const meshOf = (...links: string[]) =>
  `name: shop\nfilters:\n${links.map((link) => `  - { ${link} }\n`).join("")}`;

interface Case {
  files?: Record<string, string>;
  wanted?: string[];
  target?: string;
  findings?: (string | RegExp)[];
  hints?: string[];
  notes?: string[];
}

const cases: Record<string, Case> = {
  "filters and a mesh that are well, without arguments": {
    files: { "mesh.yaml": meshOf(`filter: gate, ${image}`, `filter: asker, ${image}`) },
    wanted: [],
    target: "istio",
  },
  "two filters of one name": {
    files: { "mesh.yaml": meshOf(`filter: gate, ${image}`, `filter: gate, ${image}`) },
    findings: ["mesh.yaml:4: filters[1].filter: a second gate: give it a name of its own"],
  },
  "a filter that is named twice": {
    wanted: ["gate", "gate"],
    findings: ["filters/gate/filter.yaml:1: two filters of the name gate"],
    hints: ["A mesh.yaml can give each use of a filter a name of its own."],
  },
  "a filter that is not there": {
    files: { "mesh.yaml": meshOf(`filter: gat, ${image}`) },
    findings: [
      'mesh.yaml:3: filters[0].filter: no filter "gat": neither a name below filters/ nor a folder with filter.yaml. Did you mean gate?',
    ],
  },
  "a filter without source": {
    files: { "filters/bare/filter.yaml": "name: bare\nsummary: Nothing.\n" },
    wanted: ["filters/bare"],
    findings: ["filters/bare/filter.ts:1: filters/bare: holds no filter.ts"],
  },
  "an image without a tag": {
    files: { "mesh.yaml": meshOf("filter: gate, image: registry.example/filters/gate") },
    findings: ["mesh.yaml:3: filters[0].image: registry.example/filters/gate: has neither tag nor digest"],
  },
  "no image at all, for a target that pulls modules": {
    wanted: ["gate"],
    target: "istio",
    findings: [
      "filters/gate/filter.yaml:1: gate: Istio pulls modules as images, and the chain names none for it",
    ],
    hints: [
      "Write a mesh.yaml with `image: registry/repository:tag` for each filter; `meshscript pack` makes images.",
    ],
  },
  "filters for HTTP and for TCP in one chain": {
    wanted: ["gate", "plug"],
    findings: [
      "filters/plug/filter.yaml:1: a chain holds filters of one kind: gate is for HTTP, plug for TCP",
    ],
    hints: ["Give each kind a chain of its own."],
  },
  "a cluster that nobody defines": {
    files: {
      "filters/asker/filter.yaml": manifest("asker", "cluster: authz", "callees: { autz: { port: 9001 } }\n"),
    },
    wanted: ["asker"],
    findings: [
      "filters/asker/filter.yaml:5: configuration.cluster: nobody defines the cluster authz; did you mean autz?",
    ],
    hints: ["Add it under callees in filters/asker/filter.yaml. There are: upstream, autz."],
  },
  "a cluster that the code calls at once, and nobody defines": {
    files: {
      "filters/asker/filter.yaml": manifest(
        "asker",
        "cluster: authz\nearly: words",
        "callees: { authz: { port: 9001 } }\n",
      ),
    },
    wanted: ["asker"],
    findings: ["filters/asker/filter.yaml:4: configuration: calls the cluster words, which nobody defines"],
  },
  "a cluster that the mesh file defines": {
    files: {
      "filters/asker/filter.yaml": manifest("asker", "cluster: authz"),
      "mesh.yaml": `${meshOf(`filter: asker, ${image}`)}callees: { authz: { port: 9001 } }\n`,
    },
    wanted: ["mesh.yaml"],
  },
  "a cluster that the control plane has to define": {
    files: {
      "filters/asker/filter.yaml": manifest("asker", "cluster: authz"),
      "mesh.yaml": meshOf(`filter: asker, ${image}`),
    },
    wanted: ["mesh.yaml"],
    target: "istio",
    notes: [
      "filters/asker/filter.yaml:4: configuration.cluster: nobody defines the cluster authz: the control plane has to",
    ],
  },
  "a host that lets no filter make calls, and where the filter makes one": {
    files: { "mesh.yaml": meshOf(`filter: asker, ${image}`) },
    wanted: ["mesh.yaml"],
    target: "gcp",
    findings: [
      "filters/asker/filter.ts:8: asker: uses proxy_http_call, which gcp does not allow: the host lets no filter make calls",
      "mesh.yaml:3: asker: uses proxy_continue_stream, which gcp does not allow: the host goes on at once, whatever a filter wants to wait for",
    ],
    hints: Array(2).fill("Deploy it elsewhere, or write the filter without that."),
  },
  "a module that needs more than its manifest allows": {
    files: { "filters/gate/filter.yaml": `${sound}capabilities: [log]\n` },
    wanted: ["gate"],
    findings: [
      `filters/gate/filter.yaml:5: capabilities: gate needs more than log
  filters/gate/filter.ts:4: environ_get (environment.get) belongs to environment
  filters/gate/filter.ts:4: environ_sizes_get (environment.get) belongs to environment
  filters/gate/filter.ts:21: proxy_get_header_map_pairs (Headers.getAll) belongs to headers
  filters/gate/filter.ts:21: proxy_get_header_map_value (Headers.get) belongs to headers
  filters/gate/filter.ts:21: proxy_on_request_headers (HttpFilter.onRequest) belongs to headers
  filters/gate/filter.ts:21: proxy_send_local_response (Exchange.reply, Exchange.respond) belongs to replies`,
    ],
    hints: ["Add environment, headers, replies to capabilities, or take out of the filter what needs it."],
  },
  "a source that does not compile": {
    files: {
      "filters/gate/filter.ts": gate["filters/gate/filter.ts"]!.replace("this.limit > 50", "this.limt > 50"),
    },
    wanted: ["gate"],
    findings: [/^filters\/gate\/filter.ts:1: filters\/gate\/filter.ts does not compile\n[^]*limt/],
  },
  "a manifest that is no manifest": {
    files: { "filters/gate/filter.yaml": `${sound}failure_polcy: FAIL_OPEN\n` },
    wanted: [],
    findings: ["filters/gate/filter.yaml:5: failure_polcy: unknown setting; did you mean failure_policy?"],
  },
};

for (const [what, one] of Object.entries(cases)) {
  const { wanted = ["mesh.yaml"], target = "envoy", findings = [], hints = [], notes = [] } = one;
  test(`of a chain is told: ${what}`, async (t) => {
    const found = await validated(project(t, { ...files, ...one.files }), wanted, target);
    assert.deepEqual([found.hints, found.notes, found.findings.length], [hints, notes, findings.length]);
    found.findings.forEach((text, at) => says(text, findings[at]!));
  });
}

function says(text: string, expected: string | RegExp): void {
  if (typeof expected === "string") assert.equal(text, expected);
  else assert.match(text, expected);
}

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import type { Mesh } from "../../../tools/mesh/mesh.js";
import { isMeshFile, readMesh } from "../../../tools/mesh/read.js";
import { project } from "../manifest/folders.js";

const manifest = (name: string, more = "") => `name: ${name}\nsummary: F.\n${more}`;
const filters = {
  "filters/auth/filter.yaml": manifest(
    "auth",
    "configuration: { keys: [a] }\ncallees: { keys: { port: 1 }, audit: { port: 2 } }\n",
  ),
  "filters/marks/filter.yaml": manifest("marks", "failure_policy: FAIL_CLOSED\n"),
};

function read(text: string): Mesh {
  return readMesh(join(project({ ...filters, "mesh.yaml": text }), "mesh.yaml"));
}

/** What is said of a mesh file, without the file's own name. */
function problems(text: string): string[] {
  const folder = project({ ...filters, "mesh.yaml": text });
  try {
    readMesh(join(folder, "mesh.yaml"));
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message.split("\n").map((line) => line.replace(`${folder}/mesh.yaml:`, ""));
  }
  return [];
}

test("places a chain by defaults where the file says nothing else", () => {
  const mesh = read("name: shop\nfilters: [{ filter: auth }]\n");
  const { name, namespace, selector, route, ingress, upstream } = mesh;
  assert.deepEqual(
    { name, namespace, selector, route, ingress, upstream },
    {
      name: "shop",
      namespace: "default",
      selector: { app: "shop" },
      route: { name: "shop", gateway: "gateway", service: "shop", port: 80 },
      ingress: ["shop"],
      upstream: { address: "127.0.0.1", port: 9000, protocol: "http1" },
    },
  );
  const [link] = mesh.links;
  assert.deepEqual(link!.manifest.configuration, { keys: ["a"] });
  assert.deepEqual([link!.image, link!.phase, link!.priority], [null, "UNSPECIFIED_PHASE", null]);
});

test("a use of a filter has its own name, configuration and failure policy", () => {
  const { links } = read(`name: shop
filters:
  - filter: auth
  - { filter: filters/auth/filter.yaml, name: strict, configuration: { keys: [] }, failure_policy: FAIL_OPEN }
  - { filter: ./filters/marks, image: "r.example:5000/f/marks:1", sha256: ${"ab".repeat(32)}, pull_secret: r, phase: AUTHZ, priority: -3 }
`);
  const shown = links.map(({ name, manifest }) => [
    name,
    manifest.name,
    manifest.configuration,
    manifest.failurePolicy,
  ]);
  assert.deepEqual(shown, [
    ["auth", "auth", { keys: ["a"] }, "FAIL_RELOAD"],
    ["strict", "strict", { keys: [] }, "FAIL_OPEN"],
    ["marks", "marks", undefined, "FAIL_CLOSED"],
  ]);
  const { image, pullSecret, phase, priority } = links[2]!;
  assert.deepEqual([image?.reference, image?.sha256], ["r.example:5000/f/marks:1", "ab".repeat(32)]);
  assert.deepEqual([pullSecret, phase, priority], ["r", "AUTHZ", -3]);
});

test("callees stand where the mesh says, else where the manifests say", () => {
  const { callees } = read(
    "name: shop\ncallees: { keys: { address: keys.svc, port: 80, protocol: grpc } }\nfilters: [{ filter: auth }]\n",
  );
  assert.deepEqual(callees, {
    audit: { address: "127.0.0.1", port: 2, protocol: "http1" },
    keys: { address: "keys.svc", port: 80, protocol: "http2" },
  });
});

const wrong: [what: string, text: string, problems: string[]][] = [
  ["no mapping", "[]", ["1: mesh: expected object"]],
  ["nothing", "", ["1: mesh: expected object"]],
  [
    "broken YAML",
    "name: [a\n",
    ["2: Flow sequence in block collection must be sufficiently indented and end with a ]"],
  ],
  ["no filters", "name: a\n", ["1: filters: required"]],
  ["an empty chain", "name: a\nfilters: []\n", ["2: filters: must NOT have fewer than 1 items"]],
  [
    "a misspelt setting",
    "name: a\nfilters:\n  - filter: auth\n    piority: 1\n",
    ["4: filters[0].piority: unknown setting; did you mean priority?"],
  ],
  [
    "a wrong type and a wrong word",
    "name: a\nfilters:\n  - filter: auth\n    priority: high\n    phase: FIRST\n",
    [
      "4: filters[0].priority: expected integer",
      "5: filters[0].phase: expected one of AUTHN, AUTHZ, STATS, UNSPECIFIED_PHASE",
    ],
  ],
  [
    "a name that no cluster takes",
    "name: A_b\nfilters: [{ filter: auth }]\n",
    ['1: name: "A_b" does not match ^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'],
  ],
  [
    "two filters of one name",
    "name: a\nfilters:\n  - filter: auth\n  - filter: filters/auth/\n  - { filter: marks, name: auth }\n",
    [
      "4: filters[1].filter: a second auth: give it a name of its own",
      "5: filters[2].name: a second auth: give it a name of its own",
    ],
  ],
  [
    "a filter that is not there",
    "name: a\nfilters:\n  - filter: auths\n",
    [
      '3: filters[0].filter: no filter "auths": neither a name below filters/ nor a folder with filter.yaml. Did you mean auth?',
    ],
  ],
  [
    "an image without a tag",
    "name: a\nfilters:\n  - filter: auth\n    image: r.example:5000/auth\n",
    ["4: filters[0].image: r.example:5000/auth: has neither tag nor digest"],
  ],
  [
    "a callee without a port, one that is called upstream",
    "name: a\nfilters: [{ filter: auth }]\ncallees:\n  keys: {}\n  upstream: { port: 1 }\n",
    [
      '3: callees: "upstream" is no name that can be given here: see ^(?!upstream$)[A-Za-z0-9_.-]+$',
      "4: callees.keys.port: required",
    ],
  ],
];

for (const [what, text, expected] of wrong)
  test(`refuses ${what}, with its place`, () => assert.deepEqual(problems(text), expected));

test("lists what is wrong with a manifest that the chain names", () => {
  const folder = project({
    "filters/bad/filter.yaml": "name: bad\nsumary: F.\n",
    "mesh.yaml": "name: a\nfilters: [{ filter: bad }]\n",
  });
  assert.throws(
    () => readMesh(join(folder, "mesh.yaml")),
    /filters\/bad\/filter\.yaml:2: sumary: unknown setting/,
  );
});

test("says which file cannot be read", () => {
  assert.throws(() => readMesh("nowhere/mesh.yaml"), /nowhere\/mesh\.yaml: cannot be read/);
});

test("a mesh file is known by its name or by what it holds", () => {
  const folder = project({
    "chain.yaml": "name: a\nfilters:\n",
    "filter.yaml": "name: a\n",
    "shop.mesh.yaml": "",
  });
  const meant = [
    "mesh.yaml",
    "deploy/mesh.yml",
    "shop.mesh.yaml",
    "chain.yaml",
    "filter.yaml",
    "mesh",
    "none.yaml",
  ];
  assert.deepEqual(
    meant.filter((path) => isMeshFile(join(folder, path))),
    ["mesh.yaml", "deploy/mesh.yml", "shop.mesh.yaml", "chain.yaml"],
  );
});

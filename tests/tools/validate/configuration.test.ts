import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "../cli/support/project.js";
import { gate, manifest } from "./support/filters.js";
import { validated } from "./support/validated.js";

const sound = "credentials: [{ key: k-alice, client: alice }]";

interface Case {
  configuration: string;
  files?: Record<string, string>;
  findings?: string[];
  notes?: string[];
}

/** The configuration's first line is line 4 of the manifest. */
const cases: Record<string, Case> = {
  "what is sound": { configuration: `${sound}\nmode: lax\nlimit: 50` },
  "null, which counts as absent": { configuration: `${sound}\nmode: null\nlimit: ~` },
  "a misspelt setting, with what was meant": {
    configuration: `${sound}\nmodes: lax`,
    findings: ["5: configuration.modes: unknown setting; did you mean mode?"],
  },
  "a setting that nobody knows, with those that are known": {
    configuration: "credentials:\n  - key: k\n    client: c\n    colour: red",
    findings: ["7: configuration.credentials[0].colour: unknown setting; known are key, client"],
  },
  "each problem at once, in the order of the lines": {
    configuration: "credentials:\n  - client: 7\n  - { key: k }\nlimit: 5.5\nmode: soft",
    findings: [
      "5: configuration.credentials[0].key: required",
      "5: configuration.credentials[0].client: expected text, got number",
      "6: configuration.credentials[1].client: required",
      "7: configuration.limit: expected whole number, got number",
      "8: configuration.mode: expected one of strict, lax",
    ],
  },
  "what is required and absent, where it would stand": {
    configuration: "mode: lax",
    findings: ["3: configuration.credentials: required"],
  },
  "a limit that only the code knows": {
    configuration: `${sound}\nlimit: 101`,
    findings: ["5: configuration.limit: must be at most 100"],
  },
  "a rule that only the running module knows": {
    configuration: `${sound}\nmode: lax\nlimit: 51`,
    findings: ["6: configuration.limit: is too much for a lax gate"],
  },
  "a module that crashes on its configuration": {
    configuration: `${sound}\nnote: crash`,
    findings: [
      "3: configuration: the module refuses it: Function: proxy_on_configure failed: Uncaught RuntimeError: unreachable",
    ],
  },
  "a variable that is not set: no refusal, but told": {
    configuration:
      "credentials:\n  - { key: { env: NOBODYS_KEY }, client: alice }\n  - { key: { env: NO_KEY }, client: bob }",
    notes: ["NOBODYS_KEY", "NO_KEY"].map(
      (name) =>
        `${name} is not set here, so the secret of gate that it holds was not judged: the proxy's environment counts`,
    ),
  },
  "a variable where no secret stands": {
    configuration: `${sound}\nmode: { env: NOBODYS_MODE }`,
    findings: ["5: configuration.mode: expected one of strict, lax"],
    notes: [
      "NOBODYS_MODE is not set here, so the secret of gate that it holds was not judged: the proxy's environment counts",
    ],
  },
  "what else is wrong beside a variable that is not set": {
    configuration: "credentials:\n  - { key: { env: NOBODYS_KEY }, client: alice }\nlimit: 0",
    findings: ["6: configuration.limit: must be at least 1"],
    notes: [
      "NOBODYS_KEY is not set here, so the secret of gate that it holds was not judged: the proxy's environment counts",
    ],
  },
  "a file that is there": {
    configuration: "credentials: [{ key: { file: key.txt }, client: alice }]",
    files: { "filters/gate/key.txt": "secret\n" },
  },
  "files that are not, each in its line, and what else is wrong": {
    configuration:
      "credentials:\n  - { key: { file: key.txt }, client: alice }\n  - { key: { file: ../x }, client: bob }\nlimit: 0",
    findings: [
      "5: configuration.credentials[0].key: cannot read the file key.txt",
      "6: configuration.credentials[1].key: cannot read the file ../x",
      "7: configuration.limit: must be at least 1",
    ],
  },
  "a digest that is none": {
    configuration: "credentials: [{ key: { sha256: abc }, client: alice }]",
    findings: ["4: configuration.credentials[0].key: sha256: expected 64 hexadecimal digits"],
  },
};

for (const [what, { configuration, files = {}, findings = [], notes = [] }] of Object.entries(cases)) {
  test(`of a filter's configuration is told: ${what}`, async (t) => {
    const folder = project(t, {
      ...gate,
      ...files,
      "filters/gate/filter.yaml": manifest("gate", configuration),
    });
    const found = await validated(folder, ["gate"], "istio-traffic-extension");
    const own = found.findings.filter((text) => !text.includes("pulls modules as images"));
    assert.deepEqual([own, found.notes], [findings.map((text) => `filters/gate/filter.yaml:${text}`), notes]);
  });
}

test("a configuration in a mesh file is judged there, by its own lines", async (t) => {
  const mesh = `name: shop
filters:
  - filter: gate
    image: registry.example/gate:1
  - filter: gate
    name: second
    image: registry.example/gate:1
    configuration:
      ${sound}
      limt: 5
`;
  const folder = project(t, {
    ...gate,
    "filters/gate/filter.yaml": manifest("gate", `${sound}\nmode: soft`),
    "mesh.yaml": mesh,
  });
  assert.deepEqual((await validated(folder, ["mesh.yaml"])).findings, [
    "filters/gate/filter.yaml:5: configuration.mode: expected one of strict, lax",
    "mesh.yaml:10: filters[1].configuration.limt: unknown setting; did you mean limit?",
  ]);
});

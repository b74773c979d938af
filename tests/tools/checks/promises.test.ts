import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { knownCommands } from "../../../tools/checks/commands.js";
import { completeFilters, ownedTraffic } from "../../../tools/checks/filters.js";
import { nothingHidden } from "../../../tools/checks/ignored.js";
import { noLeaks } from "../../../tools/checks/leaks.js";
import { linkedPages, liveLinks } from "../../../tools/checks/links.js";
import { lockfile } from "../../../tools/checks/lockfile.js";
import { reasonedDependencies } from "../../../tools/checks/reasons.js";
import { fileSizes } from "../../../tools/checks/sizes.js";
import type { Check } from "../../../tools/checks/check.js";
import { places, plant, type Tree } from "./support/tree.js";

const wholeFilter: Tree = {
  "filters/a/filter.ts": "",
  "filters/a/filter.yaml": "",
  "filters/a/README.md": "",
  "tests/traffic/a.yaml": "filter: a\n",
};

const scripts = JSON.stringify({ scripts: { start: "x", check: "x" }, dependencies: { yaml: "1" } }, null, 2);

// Put together here: this file is looked at, too.
const [home, users, top] = ["home", "Users", "root"].map((name) => `/${name}`);

interface Example {
  check: Check;
  /** What the tree breaks, and where that is found; without places, nothing may be found. */
  what: string;
  files: Tree;
  found: string[];
}

const examples: Example[] = [
  { check: completeFilters, what: "a whole filter", files: wholeFilter, found: [] },
  {
    check: completeFilters,
    what: "a filter of which only the source is there",
    files: { "filters/a/filter.ts": "" },
    found: ["filters/a/README.md", "filters/a/filter.yaml", "tests/traffic/a.yaml"],
  },
  {
    check: ownedTraffic,
    what: "a traffic file that plays another filter",
    files: { ...wholeFilter, "tests/traffic/a.yaml": "filter: another\n" },
    found: ["tests/traffic/a.yaml"],
  },
  {
    check: ownedTraffic,
    what: "a traffic file whose chain holds the filter",
    files: { ...wholeFilter, "tests/traffic/a.yaml": "chain: [{ filter: b }, { filter: a, config: {} }]\n" },
    found: [],
  },
  {
    check: lockfile,
    what: "an address in the lock file",
    files: { "package-lock.json": '{\n  "resolved": "https://example.org/a.tgz"\n}' },
    found: ["package-lock.json:2"],
  },
  {
    check: lockfile,
    what: "a lock file without addresses",
    files: { "package-lock.json": '{\n  "resolved": ""\n}' },
    found: [],
  },
  {
    check: noLeaks,
    what: "paths of machines",
    files: {
      "a.ts": `1\nconst at = "${home}/eve/x";\n`,
      "b.md": `see ${top}/notes`,
      "c.ts": `"${users}/eve"`,
    },
    found: ["a.ts:2", "b.md:1", "c.ts:1"],
  },
  {
    check: noLeaks,
    what: "a registry's address",
    files: { "a.json": `"https://registry.${"npmjs"}.org/yaml"` },
    found: ["a.json:1"],
  },
  {
    check: noLeaks,
    what: "paths that belong to no machine",
    files: { "a.ts": 'get("/homepage"); "https://example.org/home/page"; "./root/a"; "../work/b"' },
    found: [],
  },
  {
    check: liveLinks,
    what: "a link that leads nowhere",
    files: { "README.md": "[a](docs/a.md)\n\n[b](docs/b.md#part) [c](https://example.org)", "docs/a.md": "" },
    found: ["README.md:3"],
  },
  {
    check: linkedPages,
    what: "a page that nobody links to",
    files: { "README.md": "[a](docs/a.md)", "docs/a.md": "[b](b.md)", "docs/b.md": "", "docs/c.md": "" },
    found: ["docs/c.md"],
  },
  {
    check: knownCommands,
    what: "commands that do not exist",
    files: {
      "package.json": scripts,
      "README.md":
        "npm start\nnpm run check\nnpm test\nnpm run chekc\nnpx meshscript build x\nnpx meshscript bild",
    },
    found: ["README.md:3", "README.md:4", "README.md:6"],
  },
  {
    check: reasonedDependencies,
    what: "a dependency without a reason",
    files: { "package.json": scripts, "RATIONALE.md": "yaml is nice" },
    found: ["package.json:7"],
  },
  {
    check: reasonedDependencies,
    what: "a dependency with a reason",
    files: { "package.json": scripts, "RATIONALE.md": "`yaml` reads manifests" },
    found: [],
  },
  {
    check: fileSizes,
    what: "a file of 251 lines",
    files: { "tools/a.ts": "\n".repeat(251), "tools/b.ts": "\n".repeat(250) },
    found: ["tools/a.ts"],
  },
];

for (const { check, what, files, found } of examples) {
  test(`${check.name}: ${found.length > 0 ? "finds" : "is content with"} ${what}`, async (t) => {
    assert.deepEqual(await places(check, plant(t, files)), found);
  });
}

test(`${nothingHidden.name}: finds a source below a folder that a rule means elsewhere`, async (t) => {
  const root = plant(t, {
    ".gitignore": "build/\n/dist/\n",
    "tools/build/a.ts": "",
    "tools/dist/b.ts": "",
    "build/c.ts": "",
  });
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  assert.deepEqual(await places(nothingHidden, root), ["tools/build/a.ts"]);
});

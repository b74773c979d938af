import assert from "node:assert/strict";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { build } from "../../../tools/build/index.js";
import { remembered, type Kept } from "../../../tools/build/cache.js";
import { ONE_HEADER, project } from "./project.js";

const library = "node_modules/meshscript/assembly/index.ts";
const sources: Record<string, string> = {
  "filters/a/filter.ts": "class A {}",
  "filters/a/part.ts": "export const part = 1;",
  [library]: "export class HttpFilter {}",
};
const made = { compiler: "0.28.20", sdk: "0.1.0", defines: { MESHSCRIPT_NO_METRICS: 1 } };

type Change = { sources?: Record<string, string | undefined>; made?: object };

/** What makes another module of it. */
const changes: Record<string, Change> = {
  "the filter's own file": { sources: { "filters/a/filter.ts": "class A { b: i32 = 1; }" } },
  "a file that the filter imports": { sources: { "filters/a/part.ts": "export const part = 2;" } },
  "a file of the library": { sources: { [library]: "export class HttpFilter { x: i32 = 0; }" } },
  "a file that is gone": { sources: { "filters/a/part.ts": undefined } },
  "a file where the compiler found none": { sources: { "filters/a/part/index.ts": "" } },
  "a define": { made: { ...made, defines: {} } },
  "the compiler's version": { made: { ...made, compiler: "0.28.21" } },
  "the library's version": { made: { ...made, sdk: "0.2.0" } },
};

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "meshscript-cache-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Asks for a build, and says whether it was made anew. */
async function ask(cache: string, { sources: changed = {}, made: how = made }: Change = {}) {
  const texts: Record<string, string | undefined> = { ...sources, ...changed };
  const read = (name: string) => texts[name] ?? null;
  let isNew = false;
  const make = async (asked: typeof read): Promise<Kept> => {
    isNew = true;
    const text = [...Object.keys(sources), "filters/a/part/index.ts"].map(asked).join();
    return { binary: Buffer.from(text), sourceMap: "map", warnings: "", sources: [text], origins: {} };
  };
  const kept = await remembered(how, "filters/a/filter.ts", read, make, cache);
  return { isNew, text: Buffer.from(kept.binary).toString(), kept };
}

test("what was built once is taken from the cache, byte for byte", async (t) => {
  const cache = folder(t);
  const [first, second] = [await ask(cache), await ask(cache)];
  assert.deepEqual([first.isNew, second.isNew], [true, false]);
  assert.deepEqual(second.kept, first.kept);
});

for (const [what, change] of Object.entries(changes)) {
  test(`another build is made when this changes: ${what}`, async (t) => {
    const cache = folder(t);
    await ask(cache);
    assert.equal((await ask(cache, change)).isNew, true);
    assert.equal((await ask(cache, change)).isNew, false, "and kept beside the first");
    assert.equal((await ask(cache)).isNew, false, "which is still there");
  });
}

const spoils: Record<string, (path: string) => void> = {
  "cut short": (path) => truncateSync(path, 20),
  empty: (path) => truncateSync(path, 0),
  "no archive": (path) => writeFileSync(path, "no archive"),
  "another's": (path) => {
    const stored = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8"));
    writeFileSync(path, gzipSync(JSON.stringify({ ...stored, binary: "AAAA" })));
  },
};

for (const [what, spoil] of Object.entries(spoils)) {
  test(`an entry that is ${what} counts as none`, async (t) => {
    const cache = folder(t);
    const { text } = await ask(cache);
    for (const name of readdirSync(cache)) spoil(join(cache, name));
    assert.deepEqual({ ...(await ask(cache)), kept: null }, { isNew: true, text, kept: null });
  });
}

test("a cache that cannot be written costs time, and nothing else", async (t) => {
  const cache = join(folder(t), "file");
  writeFileSync(cache, "");
  assert.equal((await ask(cache)).isNew, true);
  assert.equal((await ask(cache)).isNew, true);
});

test("the builds that were not asked for longest are given up", async (t) => {
  const cache = folder(t);
  for (let i = 0; i < 300; i++) {
    const path = join(cache, `old-${i}`);
    writeFileSync(path, "");
    utimesSync(path, i, i);
  }
  await ask(cache);
  const names = readdirSync(cache);
  assert.equal(names.length, 256);
  assert.ok(names.includes("old-299") && !names.includes("old-0"));
  assert.equal((await ask(cache)).isNew, false);
});

test("a real build from the cache has the same bytes, and knows each file that it was made from", async (t) => {
  const before = process.env.MESHSCRIPT_CACHE;
  t.after(
    () =>
      void (before === undefined
        ? delete process.env.MESHSCRIPT_CACHE
        : (process.env.MESHSCRIPT_CACHE = before)),
  );
  process.env.MESHSCRIPT_CACHE = folder(t);
  const part = (name: string) => `export const NAME: string = "${name}";\n`;
  const text = ONE_HEADER.replace('"x-hello"', "NAME").replace(
    "import",
    'import { NAME } from "./part";\nimport',
  );
  const base = project({ "sample/filter.ts": text, "sample/part.ts": part("x-one") });
  const made = () => build({ entry: join(base, "sample"), outDir: join(base, "build") });
  const [first, second] = [await made(), await made()];
  assert.deepEqual(second, first);
  assert.equal(readdirSync(join(process.env.MESHSCRIPT_CACHE, "builds")).length, 1);
  writeFileSync(join(base, "sample/part.ts"), part("x-two"));
  const third = await made();
  assert.ok(Buffer.from(third.binary).includes("x-two") && !Buffer.from(first.binary).includes("x-two"));
});

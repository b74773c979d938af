import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { layoutOf } from "../../../tools/pack/layout.js";
import { writeLayout } from "../../../tools/pack/write.js";
import { placeWhole, writeWhole } from "../../../tools/whole.js";
import { demoImage, folderFor } from "./support/images.js";

const files = layoutOf(demoImage(), { name: "demo", tag: "1" });

test("a layout is written whole, and nothing beside it", (t) => {
  const folder = folderFor(t);
  writeLayout(join(folder, "a", "demo.oci"), files);
  assert.deepEqual(readdirSync(join(folder, "a")), ["demo.oci"]);
  for (const [path, bytes] of Object.entries(files))
    assert.ok(readFileSync(join(folder, "a", "demo.oci", path)).equals(bytes));
});

test("a layout takes the place of one that is there, and nothing of the former stays", (t) => {
  const folder = folderFor(t);
  const place = join(folder, "demo.oci");
  writeLayout(place, files);
  writeFileSync(join(place, "stale"), "");
  writeLayout(place, files);
  assert.deepEqual(readdirSync(place).sort(), ["blobs", "index.json", "oci-layout"]);
  assert.deepEqual(readdirSync(folder), ["demo.oci"]);
});

test("a folder that is no layout is left alone", (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, "thesis.tex"), "years of work");
  assert.throws(() => writeLayout(folder, files), /is there already, and is no image$/);
  assert.deepEqual(readdirSync(folder), ["thesis.tex"]);
});

test("a file in the way is left alone", (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, "file"), "mine");
  assert.throws(() => writeLayout(join(folder, "file"), files), /is no image$/);
  assert.throws(
    () => writeLayout(join(folder, "file", "demo.oci"), files),
    /it lies below something that is no folder$/,
  );
  assert.equal(readFileSync(join(folder, "file"), "utf8"), "mine");
});

test("a file takes the place of one that is there", (t) => {
  const path = join(folderFor(t), "a");
  writeWhole(path, Buffer.from("one"));
  writeWhole(path, Buffer.from("two"));
  assert.equal(readFileSync(path, "utf8"), "two");
});

test("a file is there at all times while another takes its place", (t) => {
  const path = join(folderFor(t), "a");
  writeWhole(path, Buffer.from("one"));
  placeWhole(path, (draft) => {
    writeFileSync(draft, "two");
    assert.equal(readFileSync(path, "utf8"), "one");
  });
  assert.equal(readFileSync(path, "utf8"), "two");
});

test("what cannot be made leaves what was there", (t) => {
  const folder = folderFor(t);
  for (const name of ["file", "folder"]) {
    const path = join(folder, name);
    if (name === "file") writeFileSync(path, "mine");
    else mkdirSync(path);
    const fail = (draft: string) => {
      writeFileSync(draft, "half");
      throw new Error("no");
    };
    assert.throws(() => placeWhole(path, fail), /^Error: no$/);
  }
  assert.deepEqual(readdirSync(folder), ["file", "folder"]);
});

/** A disk of our own, small enough to fill, that is gone with the process. */
const isolated = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
const mayMount =
  spawnSync(isolated[0]!, [...isolated.slice(1), "mount -t tmpfs -o size=64k none /tmp"]).status === 0;

test(
  "a disk that fills up is one clear message, and what was there stays",
  { skip: !mayMount && "no mounts" },
  (t) => {
    const folder = folderFor(t);
    mkdirSync(join(folder, "disk"));
    const filler = fileURLToPath(new URL("support/fill-disk.js", import.meta.url));
    const script = `mount -t tmpfs -o size=160k none "$1/disk" && "$2" "$3" "$1/disk"`;
    const ran = spawnSync(
      isolated[0]!,
      [...isolated.slice(1), script, "sh", folder, process.execPath, filler],
      { encoding: "utf8" },
    );
    assert.equal(ran.status, 0, ran.stderr);
    const { message, hint, before, after } = JSON.parse(ran.stdout);
    assert.match(message, /demo\.oci: cannot be written: the disk is full$/);
    assert.match(hint, /^Make room/);
    assert.deepEqual(after, before);
  },
);

import assert from "node:assert/strict";
import { test } from "node:test";
import { findImages, official } from "../../../tools/compose/images/images.js";
import { librariesIn } from "../../../tools/compose/images/local.js";
import { fakeDocker } from "./support/fake-docker.js";
import { listener } from "./support/listener.js";

/** Images of this machine's programs are there already: they are not what is tested. */
const missing = { "'image inspect meshscript-local'*": ":", "'image inspect '*": "exit 1" };
const unreachable = { ...missing, "pull*": "echo 'lookup registry: no such host' >&2; exit 1" };
const local = /^meshscript-local\/(envoy|node):\d/;

async function find(answers: Record<string, string>, more: NodeJS.ProcessEnv = {}) {
  const { environment, calls } = fakeDocker(answers);
  const { told, tell } = listener();
  const images = await findImages({ program: "docker", environment: { ...environment, ...more } }, tell);
  return { images, told, pulled: calls().filter((call) => call.startsWith("pull")) };
}

test("takes the official images, and pulls those that the engine lacks", async () => {
  const { images, pulled } = await find(missing);
  assert.deepEqual(images, official);
  assert.deepEqual(pulled, [`pull --quiet ${official.envoy}`, `pull --quiet ${official.node}`]);
  assert.deepEqual((await find({})).pulled, []);
});

test("takes images of this machine's programs where none can be pulled, and says so", async () => {
  const { images, told } = await find(unreachable);
  assert.match(images.envoy, local);
  assert.match(images.node, local);
  assert.ok(
    told.some((note) => note.includes("no such host")),
    told.join("\n"),
  );
});

test("pulls nothing where this machine's programs are asked for", async () => {
  const { images, pulled } = await find(missing, { MESHSCRIPT_IMAGES: "local" });
  assert.match(images.envoy, local);
  assert.deepEqual(pulled, []);
});

test("never puts another image in the place of one that was named", async () => {
  await assert.rejects(
    find(unreachable, { ENVOY_IMAGE: "envoyproxy/envoy:distroless-v1.40.0", MESHSCRIPT_IMAGES: "local" }),
    /the image envoyproxy\/envoy:distroless-v1\.40\.0 cannot be had: lookup registry: no such host/,
  );
  await assert.rejects(find(unreachable, { MESHSCRIPT_IMAGES: "official" }), /cannot be had/);
});

test("an image holds the libraries that the loader names, and the loader", () => {
  const listing = [
    "\tlinux-vdso.so.1 (0x00007ff7fb726000)",
    "\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007ff7fb630000)",
    "\t/lib64/ld-linux-x86-64.so.2 (0x00007ff7fb728000)",
  ].join("\n");
  assert.deepEqual(librariesIn(listing), ["/lib/x86_64-linux-gnu/libm.so.6", "/lib64/ld-linux-x86-64.so.2"]);
});

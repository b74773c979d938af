import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, gzipSync, inflateSync } from "node:zlib";
import { spelled } from "./support/messages.js";
import { agrees, answers, served } from "./support/services.js";

test("a function that Envoy does not have is not found, and its result untouched", async () => {
  const [said, expected] = await agrees(`
    foreign nope x -> 1 (untouched)
    foreign get_dynamic_metadata x -> 1 (untouched)
    foreign - x -> 1 (untouched)
    foreign clear_route_cache - -> 0 
  `);
  assert.deepEqual(said, expected);
});

test("what was compressed has zlib's format", async () => {
  const [said] = await answers("foreign compress hello");
  const spelt = said!.replace("foreign compress: 0 ", "");
  const bytes = spelt.replace(/%(..)/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  assert.equal(inflateSync(Buffer.from(bytes, "latin1")).toString(), "hello");
});

const hello = deflateSync("hello hello");
const broken = Buffer.from(hello);
broken[broken.length - 1]! ^= 1;

test("zlib's format is uncompressed, with whatever stands behind it, and nothing else", async () => {
  const [said, expected] = await agrees(`
    foreign uncompress ${spelled(hello)} -> 0 hello hello
    foreign uncompress ${spelled(Buffer.concat([hello, Buffer.from("tail")]))} -> 0 hello hello
    foreign uncompress ${spelled(deflateSync(""))} -> 0 
    foreign uncompress ${spelled(deflateSync(Buffer.alloc(100_000)))} -> 0 (100000 bytes)
    foreign uncompress - -> 3 
    foreign uncompress ${spelled(gzipSync("hello"))} -> 3 
    foreign uncompress ${spelled(hello.subarray(0, 9))} -> 3 
    foreign uncompress ${spelled(broken)} -> 3 
    foreign uncompress ${spelled(deflateSync("hello", { dictionary: Buffer.from("hello") }))} -> 3 
  `);
  assert.deepEqual(said, expected);
});

test("a call from beside the ABI reaches the plugin with its argument", async () => {
  const { plugin, said } = await served("foreign argument\ntick argument");
  plugin.callForeign(7, Buffer.from([0, 255]));
  plugin.callForeign(8);
  assert.deepEqual(said(), [
    "foreign call 7 size=2",
    "argument: 0 %00%ff",
    "foreign call 8 size=0",
    "argument: 0 ",
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { get } from "./support/probed.js";
import { agrees, served } from "./support/services.js";

test("a VM keeps expressions under numbers until they are deleted", async () => {
  const [said, expected] = await agrees(`
    foreign expr_create request.path path -> 0 4 bytes
    foreign expr_create 1 one -> 0 4 bytes
    set token $one -> 0
    get token -> 0 %01%00%00%00 cas=1
    foreign expr_evaluate $path -> 0 /
    foreign expr_evaluate $path -> 0 /
    foreign expr_delete $path -> 0 
    foreign expr_evaluate $path -> 1 
    foreign expr_delete $path -> 0 
    foreign expr_create 2 two -> 0 4 bytes
    set token $two -> 0
    get token -> 0 %02%00%00%00 cas=2
  `);
  assert.deepEqual(said, expected);
});

test("what is no expression or no number is a bad argument", async () => {
  const [said, expected] = await agrees(`
    foreign expr_create 1+ -> 2 
    foreign expr_create nofn(1) -> 2 
    foreign expr_create %ff -> 2 
    foreign expr_create a%00b -> 2 
    foreign expr_evaluate - -> 2 
    foreign expr_evaluate ab -> 2 
    foreign expr_evaluate abcde -> 2 
    foreign expr_delete - -> 2 
    foreign expr_delete abcde -> 2 
  `);
  assert.deepEqual(said, expected);
});

test("an expression that a plugin created when it was configured serves its streams", async () => {
  const { plugin, said } = await served(
    "conf foreign expr_create request.path e\nconf foreign expr_evaluate $e\nrh foreign expr_evaluate $e",
  );
  plugin.open().requestHeaders(get, true);
  assert.deepEqual(said(), ["foreign expr_evaluate: 0 /"]);
});

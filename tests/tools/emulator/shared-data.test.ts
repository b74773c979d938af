import assert from "node:assert/strict";
import { test } from "node:test";
import { agrees, asked, served } from "./support/services.js";
import { get } from "./support/probed.js";

test("what is written is read back, with a number that changes with each write", async () => {
  const [said, expected] = await agrees(`
    get a -> 1 (untouched) cas=57005
    set a 1 -> 0
    get a -> 0 1 cas=1
    set b %00%ff -> 0
    get b -> 0 %00%ff cas=2
    set a 2 -> 0
    get a -> 0 2 cas=3
  `);
  assert.deepEqual(said, expected);
});

test("a write with the number that was read counts once", async () => {
  const [said, expected] = await agrees(`
    set a 1 -> 0
    get a -> 0 1 cas=1
    set a 2 $cas -> 0
    set a 3 $cas -> 8
    set a 3 4294967295 -> 8
    get a -> 0 2 cas=2
    set a 4 0 -> 0
    get a -> 0 4 cas=3
  `);
  assert.deepEqual(said, expected);
});

test("a key that nobody wrote takes any number, and empty keys and values are like others", async () => {
  const [said, expected] = await agrees(`
    set a 1 77 -> 0
    get a -> 0 1 cas=1
    set - 2 -> 0
    get - -> 0 2 cas=2
    set a - -> 0
    get a -> 0  cas=3
  `);
  assert.deepEqual(said, expected);
});

test("data belong to a VM id, and outlive the VM", async () => {
  const { plugin, load, said } = await served(asked("set a 1\nget a"), { vmId: "one" });
  const other = load(asked("get a"), { vmId: "two" });
  const same = load(asked("get a"), { vmId: "one", vmConfiguration: "another VM" });
  for (const each of [plugin, other, same]) each.open().requestHeaders(get, true);
  assert.deepEqual(said(), [
    "set a: 0",
    "get a: 0 1 cas=1",
    "get a: 1 (untouched) cas=57005",
    "get a: 0 1 cas=1",
  ]);
});

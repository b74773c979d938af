import assert from "node:assert/strict";
import { test } from "node:test";
import { EmulatorError } from "../../../tools/emulator/index.js";
import { agrees, asked, served } from "./support/services.js";
import { get } from "./support/probed.js";

const reader = "conf register q\nready say ready\nready pop $token";

test("queues are found by VM id and name, an unknown one is reported", async () => {
  const [said, expected] = await agrees(`
    register q -> 0
    register q again -> 0
    set tokens $again -> 0
    get tokens -> 0 %01%00%00%00 cas=1
    register - -> 0
    resolve - q own -> 0
    set own $own -> 0
    get own -> 0 %01%00%00%00 cas=2
    resolve - nope -> 1 (untouched)
    resolve other q -> 1 (untouched)
    push 99 x -> 1
    push 0 x -> 1
    pop 99 -> 1 (untouched)
  `);
  assert.deepEqual(said, expected);
});

test("messages come out in order, then the queue is empty", async () => {
  const [said, expected] = await agrees(`
    register q -> 0
    push $q one -> 0
    push $q - -> 0
    push $q %00%ff -> 0
    pop $q -> 0 one
    pop $q -> 0 
    pop $q -> 0 %00%ff
    pop $q -> 7 (untouched)
  `);
  assert.deepEqual(said, expected);
});

test("who registered a queue is told of each message, once the event at hand is over", async () => {
  const { plugin, said } = await served(
    `${reader}\nrh push $q one\nrh push $q two\nrh say end\nsh say response`,
  );
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.responseHeaders([[":status", "200"]], true);
  assert.deepEqual(said(), [
    ...["push $q: 0", "push $q: 0", "end"],
    ...["ready", "pop $token: 0 one", "ready", "pop $token: 0 two"],
    "response",
  ]);
});

test("a queue that a stream registered belongs to its plugin", async () => {
  const { plugin, said } = await served("rh register q\nrh push $q one\nready say ready\nready pop $token");
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.close();
  assert.deepEqual(said(), ["register q: 0", "push $q: 0", "ready", "pop $token: 0 one"]);
});

test("other VMs reach a queue through its VM's id", async () => {
  const { load, said } = await served(`${reader}\nready say one`, { vmId: "one" });
  const other = load("rh resolve one q\nrh push $q hello\nready say two", { vmId: "two" });
  other.open().requestHeaders(get, true);
  assert.deepEqual(said(), ["resolve one: 0", "push $q: 0", "ready", "pop $token: 0 hello", "one"]);
});

test("the plugin that registered a queue last is the one that is told", async () => {
  const { plugin, load, said } = await served(`${reader}\nrh push $q hello\nready say first`, { vmId: "v" });
  load(`${reader}\nready say last`, { vmId: "v" });
  said();
  plugin.open().requestHeaders(get, true);
  assert.deepEqual(said(), ["push $q: 0", "ready", "pop $token: 0 hello", "last"]);
});

test("a plugin that has gone is told nothing, its messages stay", async () => {
  const { plugin, load, said } = await served(reader, { vmId: "v" });
  plugin.close();
  const other = load(asked("resolve - q\npush $q hello\npop $q"), { vmId: "v" });
  said();
  other.open().requestHeaders(get, true);
  assert.deepEqual(said(), ["resolve -: 0", "push $q: 0", "pop $q: 0 hello"]);
});

test("guests that wake themselves for ever are stopped", async () => {
  const { plugin } = await served("conf register q\nrh push $q x\nready pop $q\nready push $q x");
  assert.throws(() => plugin.open().requestHeaders(get, true), EmulatorError);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadError } from "../../../tools/emulator/index.js";
import { get } from "./support/probed.js";
import { served } from "./support/services.js";

test("a VM is started with its configuration, before its plugin is configured", async () => {
  const configuration = "conf say configured\nconf buffer 7\nconf buffer 8\nrh buffer 6";
  const { emulator, plugin } = await served(configuration, {
    vmConfiguration: "start say started\nstart buffer 6",
  });
  plugin.open().requestHeaders(get, true);
  const said = emulator.logs().map((line) => line.text);
  const once = [
    ...["started", "buffer 6: 0 start say started%0astart buffer 6"],
    ...["configured", ...[7, 8].map((type) => `buffer ${type}: 0 ${configuration.replaceAll("\n", "%0a")}`)],
  ];
  // A trial VM goes before the running one.
  assert.deepEqual(said, [...once, ...once, "buffer 6: 0 start say started%0astart buffer 6"]);
});

test("a VM that refuses to start refuses the plugin", async () => {
  await assert.rejects(served("", { vmConfiguration: "start ret 0" }), (error) => {
    return error instanceof LoadError && error.message === "Failed to start base Wasm";
  });
});

test("queues, timers and calls still reach a plugin that was asked to go and needs time", async () => {
  const reader = "conf register q\ndone ret 0\nready alldone\ndelete say gone";
  const { plugin, load, said } = await served(reader, { vmId: "v" });
  const writer = load("rh resolve - q\nrh push $q x", { vmId: "v" });
  said();
  plugin.close();
  assert.deepEqual(said(), []);
  writer.open().requestHeaders(get, true);
  writer.open().requestHeaders(get, true);
  assert.deepEqual(said(), [
    ...["resolve -: 0", "push $q: 0", "alldone: 0", "gone"],
    ...["resolve -: 0", "push $q: 0"],
  ]);
});

test("random bytes are there in each callback", async () => {
  const { plugin, emulator } = await served("start random\nconf random\nrh random\ntick random");
  plugin.open().requestHeaders(get, true);
  plugin.tick();
  assert.deepEqual(new Set(emulator.logs().map((line) => line.text)), new Set(["random: 0 some"]));
});

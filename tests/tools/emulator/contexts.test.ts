import assert from "node:assert/strict";
import { test } from "node:test";
import { Emulator, LoadError } from "../../../tools/emulator/index.js";
import { compile, essentials } from "./support/compile.js";
import { get, probed, roundTrip } from "./support/probed.js";

test("a stream's callbacks come in Envoy's order", async () => {
  const { plugin, said } = await probed(["trace"]);
  const stream = plugin.open();
  stream.requestHeaders(get, false);
  stream.requestBody("hello", true);
  stream.responseHeaders([[":status", "200"]], false);
  stream.responseBody("bye", true);
  stream.close();
  assert.deepEqual(said(), [
    "cb create 2 root=1",
    "cb rh 2 eos=0 n=3",
    "cb rb 2 eos=1 n=5",
    "cb sh 2 eos=0 n=1",
    "cb sb 2 eos=1 n=3",
    "cb log 2",
    "cb done 2",
    "cb delete 2",
  ]);
});

test("a stream that its client leaves ends in the same order", async () => {
  const { plugin, said } = await probed(["trace", "rh ret 1"]);
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.close();
  assert.deepEqual(said().slice(2), ["cb log 2", "cb done 2", "cb delete 2"]);
});

test("a fresh VM tries the configuration before the running one gets it", async () => {
  const { emulator } = await probed(["trace"]);
  const configured = emulator.logs().filter((line) => line.text === "cb conf 1 size=5");
  assert.equal(configured.length, 2);
});

test("two plugins in one VM have their own configurations and roots", async () => {
  const { plugin, load, said } = await probed(["trace", "rh log 2 first"], { vmId: "shared" });
  const second = load(["trace", "rh log 2 second"]);
  said();
  roundTrip(second);
  roundTrip(plugin);
  assert.deepEqual(
    said().filter((line) => /create|first|second/.test(line)),
    ["cb create 3 root=2", "second", "cb create 4 root=1", "first"],
  );
});

test("plugins with different VM ids share nothing", async () => {
  const { load, said } = await probed(["trace"], { vmId: "one" });
  const second = load(["trace"], { vmId: "two" });
  said();
  roundTrip(second);
  assert.equal(said()[0], "cb create 2 root=1");
});

test("a plugin that is loaded twice has one root", async () => {
  const { load, said } = await probed(["trace"]);
  said();
  const again = load(["trace"]);
  assert.equal(said().length, 1, "configured in the trial VM only");
  roundTrip(again);
  assert.equal(said()[0], "cb create 2 root=1");
});

test("a root that two plugins share ends with the second, and a third plugin gets a new one", async () => {
  const { plugin, load, said } = await probed(["trace"]);
  const again = load(["trace"]);
  said();
  plugin.close();
  assert.deepEqual(said(), []);
  again.close();
  assert.deepEqual(said(), ["cb done 1", "cb delete 1"]);
  load(["trace"]);
  assert.deepEqual(said(), ["cb conf 1 size=5", "cb conf 2 size=5"]);
});

test("a new configuration takes effect for new streams, while open ones keep the old", async () => {
  const { plugin, said } = await probed(["trace", "sh log 2 old"]);
  const open = plugin.open();
  open.requestHeaders(get, true);
  said();
  plugin.reconfigure("trace\nsh log 2 new");
  assert.deepEqual(said(), ["cb conf 1 size=18", "cb conf 3 size=18"]);
  roundTrip(plugin);
  assert.deepEqual(
    said().filter((line) => /create|old|new|done 1/.test(line)),
    ["cb create 4 root=3", "new"],
  );
  open.responseHeaders([[":status", "200"]], true);
  assert.deepEqual(said(), [
    "cb sh 2 eos=1 n=1",
    "old",
    "cb log 2",
    "cb done 2",
    "cb delete 2",
    "cb done 1",
    "cb delete 1",
  ]);
});

test("a new configuration that is refused leaves the old one in place", async () => {
  const { plugin, said } = await probed(["rh log 2 old"]);
  assert.throws(() => plugin.reconfigure("conf ret 0"), LoadError);
  roundTrip(plugin);
  assert.deepEqual(said(), ["old"]);
});

test("a root that asks for time at the end is deleted when it says that it is done", async () => {
  const { plugin, said } = await probed(["trace", "done ret 0", "tick rootdone"]);
  plugin.close();
  assert.deepEqual(said(), ["cb done 1"]);
  plugin.tick();
  assert.deepEqual(said(), ["cb tick 1", "done: 0", "cb delete 1"]);
});

test("proxy_done where nobody waits for it finds nothing", async () => {
  const { plugin, said } = await probed(["tick rootdone"]);
  plugin.tick();
  assert.deepEqual(said(), ["done: 1"]);
});

test("the timer's period is what the plugin asked for", async () => {
  const { plugin } = await probed(["conf period 250"]);
  assert.equal(plugin.tickPeriodMs, 250);
});

test("an effective context lasts for one callback", async () => {
  const { plugin, said } = await probed([
    "rh ret 1",
    "tick get 0 :path",
    "tick effective 2",
    "tick get 0 :path",
  ]);
  plugin.open().requestHeaders(get, true);
  plugin.tick();
  plugin.tick();
  const once = ["get 0 :path: 2 ", "effective 2: 0", "get 0 :path: 0 /"];
  assert.deepEqual(said(), [...once, ...once]);
});

test("an effective context of a stream that is gone is refused", async () => {
  const { plugin, said } = await probed(["tick effective 2", "tick effective 0"]);
  roundTrip(plugin).close();
  plugin.tick();
  assert.deepEqual(said(), ["effective 2: 2", "effective 0: 0"]);
});

// Refuses every plugin but the first of its VM, which a fresh trial VM cannot show.
const onlyOnce = `${essentials}
  let seen = 0;
  export function proxy_on_configure(id: i32, n: i32): i32 { return ++seen == 1 ? 1 : 0; }
  export function proxy_on_request_headers(id: i32, n: i32, end: i32): i32 { say("filtered"); return 0; }`;

test("a plugin that only the running VM refuses is skipped: traffic passes unfiltered", async () => {
  const module = await compile(onlyOnce);
  const emulator = new Emulator();
  const [first, second] = ["a", "b"].map((configuration) => emulator.load({ module, configuration }));
  assert.deepEqual([first!.skipped, second!.skipped], [false, true]);
  assert.equal(emulator.logs().at(-1)?.text, "Wasm VM failed Failed to configure thread-local Wasm plugin");
  const said = () => emulator.logs().filter((line) => line.text === "filtered").length;
  assert.equal(roundTrip(second!).upstream.started, true);
  assert.equal(said(), 0);
  roundTrip(first!);
  assert.equal(said(), 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Clock,
  Emulator,
  EmulatorError,
  Guest,
  hostImports,
  LoadError,
} from "../../../tools/emulator/index.js";
import { probe } from "./support/compile.js";
import { get, roundTrip } from "./support/probed.js";

/** An instance that the emulator did not create. */
async function foreign(emulator: Emulator): Promise<{ guest: Guest; instance: WebAssembly.Instance }> {
  const guest = new Guest();
  const imports = hostImports(emulator, guest) as WebAssembly.Imports;
  const module = (await probe()) as BufferSource;
  const { instance } = await WebAssembly.instantiate(module, imports);
  guest.attach(instance.exports);
  (instance.exports["_initialize"] as () => void)();
  return { guest, instance };
}

function texts(emulator: Emulator): string[] {
  return emulator.logs().map((line) => line.text);
}

test("an adopted guest is configured once, for there is no trial VM", async () => {
  const emulator = new Emulator();
  const { guest } = await foreign(emulator);
  const plugin = emulator.adopt(guest, { name: "a", configuration: "trace\nrh prop plugin_name" });
  roundTrip(plugin);
  assert.deepEqual(texts(emulator).slice(0, 4), [
    "cb conf 1 size=25",
    "cb create 2 root=1",
    "cb rh 2 eos=1 n=3",
    "prop plugin_name: 0 a",
  ]);
});

test("several plugins live in one adopted guest, each with its configuration", async () => {
  const emulator = new Emulator();
  const { guest } = await foreign(emulator);
  const plugins = ["one", "two"].map((name) =>
    emulator.adopt(guest, { name, configuration: `rh log 2 ${name}` }),
  );
  for (const plugin of plugins) roundTrip(plugin);
  assert.deepEqual(texts(emulator), ["one", "two"]);
});

test("a refusal of an adopted guest is a LoadError", async () => {
  const emulator = new Emulator();
  const { guest } = await foreign(emulator);
  const refuse = () =>
    emulator.adopt(guest, { configuration: "conf log 4 configuration:_SP_keys:_SP_required\nconf ret 0" });
  assert.throws(refuse, (error) => error instanceof LoadError && error.problems[0] === "keys: required");
});

test("a new configuration reaches an adopted guest as a new root", async () => {
  const emulator = new Emulator();
  const { guest } = await foreign(emulator);
  const plugin = emulator.adopt(guest, { configuration: "rh log 2 old" });
  plugin.reconfigure("rh log 2 new");
  roundTrip(plugin);
  assert.deepEqual(texts(emulator), ["new"]);
});

test("host calls that belong to no callback may read the clock and see no headers", async () => {
  const emulator = new Emulator({ clock: new Clock(1000) });
  const guest = new Guest();
  const { env } = hostImports(emulator, guest);
  const memory = new WebAssembly.Memory({ initial: 1 });
  guest.attach({ memory });
  assert.equal(env!["proxy_get_current_time_nanoseconds"]!(0), 0);
  assert.equal(new DataView(memory.buffer).getBigUint64(0, true), 1_000_000_000n);
  assert.equal(env!["proxy_get_header_map_value"]!(0, 0, 0, 8, 12), 2);
});

test("a guest that died is alive again for the next plugin", async () => {
  const emulator = new Emulator();
  const { guest } = await foreign(emulator);
  const first = emulator.adopt(guest, { configuration: "rh trap" });
  assert.equal(first.open().requestHeaders(get, true).next, "reply");
  const second = emulator.adopt(guest, { configuration: "rh log 2 alive" });
  roundTrip(second);
  assert.equal(texts(emulator).at(-1), "alive");
});

test("an adopted guest that died is not reloaded behind the test's back", async () => {
  const emulator = new Emulator({ clock: new Clock(1000) });
  const { guest } = await foreign(emulator);
  const plugin = emulator.adopt(guest, { configuration: "rh trap", failurePolicy: "FAIL_RELOAD" });
  plugin.open().requestHeaders(get, true);
  emulator.clock.advance(2000);
  assert.throws(() => plugin.open(), EmulatorError);
});

test("a guest without exports cannot be adopted", () => {
  assert.throws(() => new Emulator().adopt(new Guest()), EmulatorError);
});

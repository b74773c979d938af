import assert from "node:assert/strict";
import { before, test } from "node:test";
import { emulatorHost } from "../../../tools/emulator/index.js";
import { probeModule } from "../../../tools/parity/probe.js";
import { compare } from "../../../tools/parity/run.js";
import { sequenceOf } from "../../../tools/parity/sequence.js";
import type { Host, Running } from "../../../tools/traffic/host.js";

const sequences = Array.from({ length: 8 }, (_, index) => sequenceOf(11, index));
let wasm = "";

before(async () => {
  wasm = await probeModule();
});

test("a host is like itself", async () => {
  const outcome = await compare({ hosts: [emulatorHost(), emulatorHost()], wasm }, sequences);
  assert.deepEqual(outcome, { compared: 8, different: [], unsteady: [] });
});

test("a host that logs another thing each time differs from one that does not", async () => {
  const outcome = await compare({ hosts: [emulatorHost(), lying(() => true)], wasm }, sequences.slice(0, 3));
  assert.equal(outcome.different.length, 3);
  assert.ok(outcome.different.every(({ differences }) => differences.every(({ part }) => part === "log")));
});

test("a host that differs once and never again is unsteady", async () => {
  let first = true;
  const once = () => {
    const now = first;
    first = false;
    return now;
  };
  const outcome = await compare({ hosts: [emulatorHost(), lying(once)], wasm }, sequences.slice(0, 1));
  assert.deepEqual([outcome.different.length, outcome.unsteady.length], [0, 1]);
});

/** The emulator, with each filter's log lost where it lies. */
function lying(lies: () => boolean): Host {
  const host = emulatorHost();
  return {
    ...host,
    async start(setup) {
      const started = await host.start(setup);
      if (started.refused || !lies()) return started;
      const { running } = started;
      const changed = () => running.logs().map((line) => line.replace(/ rh n=\d+/, " rh n=99"));
      return { refused: false, running: Object.assign(Object.create(running) as Running, { logs: changed }) };
    },
  };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instrument } from "../../../bench/wasm/instrument.js";
import { emulatorHost } from "../../../tools/emulator/index.js";
import { observe, type TrafficCase } from "../../../tools/traffic/index.js";
import { withHost } from "../../../tools/traffic/play/stage.js";
import { stageOf, type Scene } from "./scenes.js";

/** The requests that reach a function, by the function's place in the module. */
export type Reached = Map<number, TrafficCase[]>;

/** Plays a scene on the emulator and watches which of its module's functions each request reaches. */
export async function reachedIn(scene: Scene): Promise<Reached> {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-reached-"));
  const { binary, instructions } = instrument(scene.binary, { byFunction: true });
  const wasm = join(folder, "counting.wasm");
  writeFileSync(wasm, binary);
  const reached: Reached = new Map();
  try {
    await withInstances((made) =>
      withHost(stageOf(scene, wasm, emulatorHost()), async (started, upstream, callees) => {
        if (started.refused) throw new Error(`${scene.name}: ${started.problems.join("; ")}`);
        const site = { running: started.running, upstream, callees, timeoutMs: 5000 };
        let counts = countsOf(made, instructions);
        for (const one of scene.cases) {
          await observe(one, "http1", site);
          const now = countsOf(made, instructions);
          now.forEach((count, place) => {
            if (count > counts[place]!) reached.set(place, [...(reached.get(place) ?? []), one]);
          });
          counts = now;
        }
        await started.running.stop();
      }),
    );
    return reached;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What each function has executed so far, in all instances together. */
function countsOf(instances: readonly WebAssembly.Instance[], names: readonly string[]): bigint[] {
  return names.map((name) =>
    instances.reduce((sum, { exports }) => sum + ((exports[name] as WebAssembly.Global).value as bigint), 0n),
  );
}

/** Hands over the instances that are made meanwhile: the emulator shows nobody what its instances export. */
async function withInstances(work: (made: readonly WebAssembly.Instance[]) => Promise<void>): Promise<void> {
  const [made, usual] = [[] as WebAssembly.Instance[], WebAssembly.Instance];
  WebAssembly.Instance = new Proxy(usual, {
    construct(target, args: [WebAssembly.Module, WebAssembly.Imports]) {
      const instance = new target(...args);
      made.push(instance);
      return instance;
    },
  });
  try {
    await work(made);
  } finally {
    WebAssembly.Instance = usual;
  }
}

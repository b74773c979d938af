import { Clock, Emulator, Guest, hostImports } from "../../emulator/index.js";
import type { Imports } from "../run/imports.js";
import { Callees } from "./callees.js";
import { harness } from "./harness.js";
import { watchTraps } from "./traps.js";

/** What a spec's module finds in place of a proxy. */
export interface SpecHost {
  imports: Imports;
  /** Belongs between the instantiation and the start of the module. */
  attach(exports: WebAssembly.Exports): void;
}

/** The same moment in every spec: what filters do with time is then repeatable. */
const START = Date.UTC(2026, 0, 1);

/** A host of its own for one spec: nothing of an earlier spec is in it. */
export function specHost(): SpecHost {
  const callees = new Callees(() => emulator);
  const emulator: Emulator = new Emulator({ clock: new Clock(START), callees: callees.find });
  const guest = new Guest();
  // The test hears of a trap by itself; the tests after it go on with the same instance.
  const traps = watchTraps(() => (guest.vm(emulator).failure = null));
  let memory: WebAssembly.Memory | undefined;
  return {
    imports: {
      ...hostImports(emulator, guest),
      harness: traps.rethrowing(harness(emulator, guest, callees, () => memory!)),
    },
    attach(exports) {
      memory = exports["memory"] as WebAssembly.Memory;
      guest.attach(traps.watching(exports));
    },
  };
}

import type { Emulator } from "./emulator.js";
import { EmulatorError } from "./errors.js";
import { vmSettings } from "./plugin-config.js";
import { Vm, type GuestExports } from "./vm.js";

/** A guest whose instance somebody else creates: the imports are needed first, the exports come later. */
export class Guest {
  #vm: Vm | null = null;
  #exports: GuestExports | null = null;

  /** Takes the instance's exports: the callbacks, the allocator and the memory. */
  attach(exports: WebAssembly.Exports | GuestExports): void {
    this.#exports = exports as GuestExports;
    this.#vm?.attach(this.#exports);
  }

  /** The VM that stands for the instance. For `hostImports` and `Emulator.adopt`. */
  vm(emulator: Emulator): Vm {
    this.#vm ??= this.#create(emulator);
    return this.#vm;
  }

  /** For `Emulator.adopt`: a dead VM lives again, for its owner goes on with the same instance. */
  adopted(emulator: Emulator): Vm {
    const vm = this.vm(emulator);
    if (!vm.attached) throw new EmulatorError("Emulator.adopt: the guest has no exports yet (Guest.attach)");
    vm.failure = null;
    return vm;
  }

  #create(emulator: Emulator): Vm {
    const vm = new Vm(emulator.surroundings, vmSettings({}));
    vm.phase = "running";
    if (this.#exports) vm.attach(this.#exports);
    return vm;
  }
}

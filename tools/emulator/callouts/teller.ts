import type { GuestBuffer } from "../context.js";
import type { HeaderMap } from "../http/header-map.js";
import type { RootContext } from "../root-context.js";
import { bufferOf, type Shown } from "./shown.js";

/** Tells a plugin what comes of its calls, and shows it what belongs to that. */
export class Teller {
  #shown: Shown = {};

  constructor(private readonly root: RootContext) {}

  /** Null: not there now; none of them can be written. */
  headerMap(type: number, use: "read" | "write"): HeaderMap | null {
    return use === "read" ? (this.#shown.maps?.[type] ?? null) : null;
  }

  buffer(type: number): GuestBuffer | null {
    return bufferOf(this.#shown, type);
  }

  /** What `proxy_get_status` says. */
  get status(): { code: number; text: string } {
    return { code: this.#shown.status ?? 0, text: this.#shown.statusText ?? "" };
  }

  /** Calls the callback with the plugin's id in front of `args`. */
  tell(callback: string, shown: Shown, ...args: number[]): void {
    const outer = this.#shown;
    this.#shown = shown;
    this.root.vm.call(this.root, callback, this.root.id, ...args);
    this.#shown = outer;
    this.root.vm.settle();
  }

  /** As on Envoy's event loop: what happens while something else is dealt with waits until that is done. */
  later(event: () => void): void {
    const { vm } = this.root;
    vm.surroundings.loop.post(event);
    if (vm.current === null) vm.surroundings.loop.settle();
  }
}

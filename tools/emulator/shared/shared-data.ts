export interface Entry {
  value: Uint8Array;
  /** Differs with each write, whatever the key. Never 0. */
  cas: number;
}

/** Values that all VMs with one id see. */
export class SharedData {
  readonly #spaces = new Map<string, Map<string, Entry>>();
  #lastCas = 0;

  get(vmId: string, key: string): Entry | undefined {
    return this.#spaces.get(vmId)?.get(key);
  }

  /** `cas` 0 writes whatever is there. False: somebody else wrote since the caller read. An absent key has no writer. */
  set(vmId: string, key: string, value: Uint8Array, cas: number): boolean {
    const space = this.#space(vmId);
    const present = space.get(key);
    if (present && cas !== 0 && cas !== present.cas) return false;
    space.set(key, { value, cas: this.#nextCas() });
    return true;
  }

  #space(vmId: string): Map<string, Entry> {
    const space = this.#spaces.get(vmId) ?? new Map<string, Entry>();
    this.#spaces.set(vmId, space);
    return space;
  }

  #nextCas(): number {
    this.#lastCas = (this.#lastCas + 1) >>> 0 || 1;
    return this.#lastCas;
  }
}

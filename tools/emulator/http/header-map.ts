import type { Header } from "../types.js";
import { inlineHeaders, type MessageKind } from "./inline-headers.js";

/** The headers or trailers of a message, kept as Envoy keeps them: names in lower case, in order of arrival. */
export class HeaderMap {
  readonly #kind: MessageKind;
  #entries: Header[] = [];

  constructor(kind: MessageKind, pairs: readonly Header[] = []) {
    this.#kind = kind;
    for (const [name, value] of pairs) this.add(name, value);
  }

  pairs(): Header[] {
    return this.#entries.map(([name, value]) => [name, value]);
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Of a repeated header the first value. */
  get(name: string): string | undefined {
    return this.getAll(name)[0];
  }

  getAll(name: string): string[] {
    const wanted = this.#key(name);
    return this.#entries.filter((entry) => entry[0] === wanted).map((entry) => entry[1]);
  }

  /** Envoy holds one value of a header it knows itself, and joins a further one with a comma. */
  add(name: string, value: string): void {
    const key = this.#key(name);
    const present = inlineHeaders[this.#kind].has(key)
      ? this.#entries.find((entry) => entry[0] === key)
      : undefined;
    if (present && value === "") return;
    if (present) present[1] = present[1] === "" ? value : `${present[1]},${value}`;
    else this.#insert(key, value);
  }

  /** The only value from now on; it moves to the end. */
  set(name: string, value: string): void {
    this.remove(name);
    this.add(name, value);
  }

  /** As the host itself sets a header that it holds one value of: in its place where it is present. */
  put(name: string, value: string): void {
    const key = this.#key(name);
    const present = this.#entries.find((entry) => entry[0] === key);
    if (present) present[1] = value;
    else this.#insert(key, value);
  }

  remove(name: string): void {
    const key = this.#key(name);
    this.#entries = this.#entries.filter((entry) => entry[0] !== key);
  }

  clear(): void {
    this.#entries = [];
  }

  byteSize(): number {
    return this.#entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  }

  /** Pseudo headers stay in front of all others. */
  #insert(key: string, value: string): void {
    if (!key.startsWith(":")) {
      this.#entries.push([key, value]);
      return;
    }
    const first = this.#entries.findIndex((entry) => !entry[0].startsWith(":"));
    this.#entries.splice(first < 0 ? this.#entries.length : first, 0, [key, value]);
  }

  /** In a request `host` is but another name of `:authority`. */
  #key(name: string): string {
    const lower = name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    return lower === "host" && this.#kind === "request" ? ":authority" : lower;
  }
}

/** Headers of one message as a host holds them: in order, names in lower case, repeated ones as several entries. */
export interface HeaderMap {
  entries: [name: string, value: string][];
}

/** Map holding a copy of these headers. */
export function headerMap(entries: readonly (readonly [string, string])[]): HeaderMap {
  return { entries: entries.map(([name, value]) => [name, value]) };
}

/** All values of a header, in order. */
export function valuesOf(map: HeaderMap, name: string): string[] {
  return map.entries.filter((entry) => entry[0] === name).map((entry) => entry[1]);
}

/** Adds a header after those there are. */
export function addHeader(map: HeaderMap, name: string, value: string): void {
  map.entries.push([name, value]);
}

/** Removes every header of this name. */
export function removeHeader(map: HeaderMap, name: string): void {
  map.entries = map.entries.filter((entry) => entry[0] !== name);
}

/** Puts one value in the place of all that a header had. */
export function replaceHeader(map: HeaderMap, name: string, value: string): void {
  removeHeader(map, name);
  addHeader(map, name, value);
}

/** The form in which proxy-wasm hands a whole map over: count, lengths, then texts with a zero after each. */
export function serialize(map: HeaderMap): Buffer {
  const texts = map.entries.flat().map((text) => Buffer.from(text, "latin1"));
  const lengths = Buffer.alloc(4 + 4 * texts.length);
  lengths.writeUInt32LE(map.entries.length, 0);
  texts.forEach((text, i) => lengths.writeUInt32LE(text.length, 4 + 4 * i));
  return Buffer.concat([lengths, ...texts.flatMap((text) => [text, Buffer.of(0)])]);
}

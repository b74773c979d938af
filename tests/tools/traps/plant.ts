import {
  cursorOver,
  readByte,
  readName,
  readUnsigned,
  skipLeb,
  unsignedLeb,
} from "../../../bench/wasm/cursor.js";
import { countImports, functionBodies, functionNames } from "../../../bench/wasm/module-info.js";
import { readSections, SECTION, writeSections, type Section } from "../../../bench/wasm/sections.js";

/** What brings traffic to a module: the trap is set from the first of these calls on, so that configuring it goes well. */
const traffic =
  /^proxy_on_(request|response)_(headers|body|trailers)$|^proxy_on_(http_call|grpc)|^proxy_on_(tick|log|done)$/;

const [SET, GET, ONE, IF, END, TRAP, I32] = [0x24, 0x23, [0x41, 0x01], [0x04, 0x40], 0x0b, 0x00, 0x7f];

/** A function of a module, by its place among those that the module holds itself. */
export interface Place {
  index: number;
  name: string;
}

/** A module's own functions. */
export function functionsOf(binary: Uint8Array): Place[] {
  const sections = readSections(binary);
  const [{ functions: imported }, names] = [countImports(sections), functionNames(sections)];
  return functionBodies(sections).map((_, index) => ({
    index,
    name: names.get(imported + index) ?? `function ${imported + index}`,
  }));
}

/** The module with a trap at the beginning of one of its functions, for all calls once there is traffic. */
export function withTrap(binary: Uint8Array, place: number): Uint8Array {
  const sections = readSections(binary);
  const { functions: imported, globals } = countImports(sections);
  const present = sections.find(({ id }) => id === SECTION.global)!;
  const flag = unsignedLeb(globals + readUnsigned(cursorOver(present.content)));
  const entrances = entrancesOf(sections).map((index) => index - imported);
  const bodies = functionBodies(sections).map((body, at) => {
    const set = entrances.includes(at) ? [...ONE, SET, ...flag] : [];
    const trap = at === place ? [GET, ...flag, ...IF, TRAP, END] : [];
    return beginningWith(body, [...set, ...trap]);
  });
  return writeSections(
    sections.map((section) => {
      if (section.id === SECTION.code) return { id: section.id, content: vectorOf(bodies) };
      return section === present ? { id: section.id, content: withFlag(present) } : section;
    }),
  );
}

/** Indices of the functions through which traffic comes in. */
function entrancesOf(sections: readonly Section[]): number[] {
  const cursor = cursorOver(sections.find(({ id }) => id === SECTION.export)!.content);
  const found: number[] = [];
  for (let left = readUnsigned(cursor); left > 0; left--) {
    const name = readName(cursor);
    const isFunction = readByte(cursor) === 0;
    const index = readUnsigned(cursor);
    if (isFunction && traffic.test(name)) found.push(index);
  }
  return found;
}

function beginningWith(body: Uint8Array, code: readonly number[]): Uint8Array {
  const cursor = cursorOver(body);
  for (let groups = readUnsigned(cursor); groups > 0; groups--) {
    skipLeb(cursor);
    cursor.at++;
  }
  return Buffer.concat([body.subarray(0, cursor.at), Uint8Array.from(code), body.subarray(cursor.at)]);
}

function vectorOf(bodies: readonly Uint8Array[]): Uint8Array {
  const parts = bodies.flatMap((body) => [Uint8Array.from(unsignedLeb(body.length)), body]);
  return Buffer.concat([Uint8Array.from(unsignedLeb(bodies.length)), ...parts]);
}

/** The globals with one more, a number that is 0. */
function withFlag({ content }: Section): Uint8Array {
  const cursor = cursorOver(content);
  const count = Uint8Array.from(unsignedLeb(readUnsigned(cursor) + 1));
  return Buffer.concat([count, content.subarray(cursor.at), Uint8Array.from([I32, 1, 0x41, 0, END])]);
}

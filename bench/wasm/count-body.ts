import { cursorOver, readUnsigned, signedLeb, skipLeb, unsignedLeb } from "./cursor.js";
import type { Cursor } from "./cursor.js";
import { readInstruction } from "./opcodes.js";

// What wasmtime does not charge either: unreachable, nop, block, loop, else, end, return, drop.
const FREE = new Set([0x00, 0x01, 0x02, 0x03, 0x05, 0x0b, 0x0f, 0x1a]);
// After these the next instruction need not run as often as the one before: unreachable, loop, if, else, end, branches, return.
const ENDS_RUN = new Set([0x00, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f]);
// Charged by their length, which is what they find on top of the stack: growing, copying, filling, initializing.
const BY_LENGTH = new Set([0x40, 0xfc08, 0xfc0a, 0xfc0b, 0xfc0c, 0xfc0e, 0xfc0f, 0xfc11]);

/** Globals that a function counts in. */
export interface Counters {
  readonly instructions: number;
  /** How often it is entered; null where that is not asked for. */
  readonly entries: number | null;
  /** An i32 to put a length aside. */
  readonly scratch: number;
}

/** Instructions that run equally often. */
interface Run {
  readonly bytes: Uint8Array;
  readonly cost: number;
  /** Whether the first one costs its length on top. */
  readonly byLength: boolean;
}

/** A function's body that counts what it executes: one for being entered and one for each instruction that makes code. */
export function countingBody(body: Uint8Array, counters: Counters): Uint8Array {
  const cursor = cursorOver(body);
  skipLocals(cursor);
  const out: Uint8Array[] = [body.subarray(0, cursor.at)];
  if (counters.entries !== null) out.push(add(counters.entries, 1));
  for (let entry = 1; cursor.at < body.length; entry = 0) {
    const run = passRun(cursor);
    if (entry + run.cost > 0) out.push(add(counters.instructions, entry + run.cost));
    if (run.byLength) out.push(addLength(counters));
    out.push(run.bytes);
  }
  return Buffer.concat(out);
}

function skipLocals(cursor: Cursor): void {
  for (let groups = readUnsigned(cursor); groups > 0; groups--) {
    skipLeb(cursor);
    cursor.at++;
  }
}

function passRun(cursor: Cursor): Run {
  const start = cursor.at;
  let cost = 0;
  let byLength = false;
  while (cursor.at < cursor.bytes.length) {
    const at = cursor.at;
    const opcode = readInstruction(cursor);
    if (BY_LENGTH.has(opcode)) {
      if (at === start) byLength = true;
      else cursor.at = at;
    }
    if (cursor.at === at) break;
    if (!FREE.has(opcode)) cost++;
    if (ENDS_RUN.has(opcode)) break;
  }
  return { bytes: cursor.bytes.subarray(start, cursor.at), cost, byLength };
}

const GET = 0x23;
const SET = 0x24;
const ADD_I64 = 0x7c;
const CONST_I64 = 0x42;
const WIDEN_U32 = 0xad;

function add(global: number, amount: number): Uint8Array {
  const index = unsignedLeb(global);
  return Uint8Array.from([GET, ...index, CONST_I64, ...signedLeb(amount), ADD_I64, SET, ...index]);
}

/** Adds the length on top of the stack and leaves it there. */
function addLength({ instructions, scratch }: Counters): Uint8Array {
  const [counter, aside] = [unsignedLeb(instructions), unsignedLeb(scratch)];
  const sum = [GET, ...aside, WIDEN_U32, GET, ...counter, ADD_I64, SET, ...counter];
  return Uint8Array.from([SET, ...aside, ...sum, GET, ...aside]);
}

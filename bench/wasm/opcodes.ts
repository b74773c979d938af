import { readByte, readUnsigned, skipLeb } from "./cursor.js";
import type { Cursor } from "./cursor.js";

/** Reads one instruction with its operands and returns its opcode: 0xfc00 and more for bulk ones, 0xfd for vector ones. */
export function readInstruction(cursor: Cursor): number {
  const opcode = readByte(cursor);
  if (opcode === 0xfc) return 0xfc00 + readBulk(cursor);
  if (opcode === 0xfd) skipVector(cursor);
  else skipOperands(cursor, opcode);
  return opcode;
}

function skipOperands(cursor: Cursor, opcode: number): void {
  if (opcode === 0x0e) return skipVectorOfLebs(cursor, 1);
  if (opcode === 0x1c) return skipVectorOfLebs(cursor, 0);
  if (opcode === 0x43) return skipBytes(cursor, 4);
  if (opcode === 0x44) return skipBytes(cursor, 8);
  if (opcode > 0xd2) throw new Error(`cannot read wasm opcode 0x${opcode.toString(16)}`);
  skipLebs(cursor, lebsOf(opcode));
}

/** How many LEB128 operands follow an unprefixed opcode. */
function lebsOf(opcode: number): number {
  if (opcode >= 0x28 && opcode <= 0x3e) return 2; // loads and stores: alignment, offset
  if (opcode === 0x11 || opcode === 0x13) return 2; // indirect calls: type, table
  if (opcode >= 0x02 && opcode <= 0x04) return 1; // block, loop, if: type
  if (opcode === 0x0c || opcode === 0x0d || opcode === 0x10 || opcode === 0x12) return 1; // branches, calls
  if (opcode >= 0x20 && opcode <= 0x26) return 1; // locals, globals, tables
  if (opcode >= 0x3f && opcode <= 0x42) return 1; // memory.size, memory.grow, i32.const, i64.const
  return opcode === 0xd0 || opcode === 0xd2 ? 1 : 0; // ref.null, ref.func
}

const BULK_OPERANDS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function readBulk(cursor: Cursor): number {
  const kind = readUnsigned(cursor);
  const operands = BULK_OPERANDS[kind];
  if (operands === undefined) throw new Error(`cannot read wasm opcode 0xfc ${kind}`);
  skipLebs(cursor, operands);
  return kind;
}

function skipVector(cursor: Cursor): void {
  const kind = readUnsigned(cursor);
  const touchesMemory = kind <= 11 || (kind >= 84 && kind <= 93);
  const hasLane = (kind >= 21 && kind <= 34) || (kind >= 84 && kind <= 91);
  if (touchesMemory) skipLebs(cursor, 2);
  if (kind === 12 || kind === 13) skipBytes(cursor, 16);
  if (hasLane) skipBytes(cursor, 1);
}

function skipVectorOfLebs(cursor: Cursor, extra: number): void {
  skipLebs(cursor, readUnsigned(cursor) + extra);
}

function skipLebs(cursor: Cursor, count: number): void {
  for (let i = 0; i < count; i++) skipLeb(cursor);
}

function skipBytes(cursor: Cursor, count: number): void {
  cursor.at += count;
}

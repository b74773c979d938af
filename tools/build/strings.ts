import type { Segment } from "./data.js";

// A string literal in a module's memory: 20 bytes that the collector keeps about an object, then its UTF-16 units.

const HEADER = 20;
const CLASS_AT = 12;
const SIZE_AT = 16;
const STRING_CLASS = 2;

/** String literals by the address that stands for them in the code. */
export function stringLiterals(segments: Segment[]): Map<number, string> {
  return new Map(segments.filter(isString).map(({ address, bytes }) => [address + HEADER, textOf(bytes)]));
}

/**
 * Segments that no constant in the code and no other data names. Strings and the like are named by their exact address;
 * plain memory counts as named by any place in it or just before it, from where code may reckon.
 */
export function unusedSegments(segments: Segment[], text: string): Segment[] {
  const code = text.replaceAll(/^ \(data .*$/gm, "");
  const constants = [...code.matchAll(/\(i32\.const (\d+)\)/g)].map(([, value]) => Number(value));
  const plain = segments.filter((s) => !isString(s) && isNear(s, constants));
  const used = new Set([...constants, ...plain.flatMap(({ bytes }) => words(bytes))]);
  return segments.filter((s) => (isString(s) ? !used.has(s.address + HEADER) : !isNear(s, [...used])));
}

const NEAR = 8;

function isNear({ address, bytes }: Segment, constants: number[]): boolean {
  return constants.some((c) => c >= address - NEAR && c < address + bytes.length);
}

/** What is left of a module's segments without some that were unused before the compiler split and packed them. */
export function without(segments: Segment[], unused: Segment[]): Segment[] {
  const inside = (s: Segment) =>
    unused.some((u) => s.address >= u.address && s.address + s.bytes.length <= u.address + u.bytes.length);
  return segments.filter((s) => !inside(s));
}

/**
 * Segments without those that hold nothing but what the heap notes in front of an object that it gave out. Texts of the
 * module stand in no heap, and what collects garbage looks behind that note.
 */
export function withoutHeapNotes(segments: Segment[]): Segment[] {
  const texts = new Set(segments.filter(isTextFromItsClass).map(({ address }) => address - CLASS_AT));
  return segments.filter(({ address, bytes }) => bytes.length > NOTE || !texts.has(address));
}

const NOTE = 4;

/** Whether these are a string's bytes from its class on: the zeros in front of that are not put into memory. */
function isTextFromItsClass({ bytes }: Segment): boolean {
  return bytes.length >= HEADER - CLASS_AT && view(bytes).getUint32(0, true) === STRING_CLASS;
}

function isString({ bytes }: Segment): boolean {
  return bytes.length >= HEADER && view(bytes).getUint32(CLASS_AT, true) === STRING_CLASS;
}

function textOf(bytes: Uint8Array): string {
  const size = view(bytes).getUint32(SIZE_AT, true);
  return Buffer.from(bytes.subarray(HEADER, HEADER + size)).toString("utf16le");
}

function words(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view(bytes).getUint32(i * 4, true));
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

import { Urgency, put, putBytes, putNumber, putText, write } from "../abi/line";
import { sizeOf, utf8 } from "../abi/wire";
import { Scope, putPath, putPlace } from "./place";
import { putKind, skipText } from "./values";

// What is wrong with a configuration. Problems are logged one by one and counted, never fatal: the operator sees all of
// them at once. `inside` is the object that is being read.

/** How many there were since the last `forget`. */
export let count: u32 = 0;

export function forget(): void {
  count = 0;
}

/** Something is wrong with a setting or, with its place, with an item of a list. */
export function list(inside: Scope, name: usize, index: i32, message: usize): void {
  open(inside, name, index);
  put(message);
  close();
}

/** A value is of a kind that its setting cannot have. */
export function mistyped(inside: Scope, name: usize, index: i32, wanted: usize, value: usize): void {
  open(inside, name, index);
  putExpected(wanted, value);
  close();
}

/** A number is beyond a limit. */
export function outOfRange(inside: Scope, name: usize, limitIs: usize, limit: i64): void {
  open(inside, name, -1);
  put(limitIs);
  if (limit < 0) put(utf8("-"));
  putNumber(limit < 0 ? 0 - limit : limit);
  close();
}

/** A text is none of those that its setting may have. */
export function notOneOf(inside: Scope, name: usize, options: string[]): void {
  open(inside, name, -1);
  put(utf8("expected one of"));
  for (let i = 0; i < options.length; ++i) {
    if (i > 0) put(utf8(","));
    put(utf8(" "));
    putText(unchecked(options[i]));
  }
  close();
}

/** An object holds a name that no setting has, or one that has been there before. */
export function unwanted(inside: Scope, name: usize, known: bool): void {
  put(utf8("configuration: "));
  putPath(inside);
  if (inside.key !== null) put(utf8("."));
  // As it is written, escapes and all, so that it can be searched for.
  putBytes(name + 1, skipText(name) - name - 2);
  if (known) put(utf8(": stands there twice"));
  else put(utf8(": unknown setting"));
  close();
}

/** The whole configuration is something else than an object. */
export function noObject(value: usize): void {
  put(utf8("configuration: "));
  putExpected(utf8("object"), value);
  close();
}

/** The text that begins at `text` is no JSON from `fault` on. */
export function malformed(text: usize, fault: usize, expected: usize): void {
  put(utf8("configuration: "));
  putPosition(text, fault);
  put(utf8("expected "));
  put(expected);
  close();
}

/** There are settings, but the filter has none. */
export function noSettings(): void {
  put(utf8("configuration: "));
  put(utf8("this filter takes no settings"));
  close();
}

function open(inside: Scope, name: usize, index: i32): void {
  put(utf8("configuration: "));
  putPlace(inside, name, index);
  if (inside.key !== null || sizeOf(name) > 0) put(utf8(": "));
}

function close(): void {
  ++count;
  write(Urgency.Error);
}

function putExpected(wanted: usize, value: usize): void {
  put(utf8("expected "));
  put(wanted);
  put(utf8(", got "));
  putKind(value);
}

/** Adds the line and column of a byte, both from 1; columns count characters as editors do. */
function putPosition(text: usize, at: usize): void {
  let line = 1;
  let column = 1;
  for (let p = text; p < at; ++p) {
    const byte = load<u8>(p);
    if ((byte & 0xc0) != 0x80) ++column;
    if (byte != 0x0a) continue;
    ++line;
    column = 1;
  }
  put(utf8("line "));
  putNumber(line);
  put(utf8(", column "));
  putNumber(column);
  put(utf8(": "));
}

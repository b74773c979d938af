import {
  proxy_add_header_map_value,
  proxy_get_header_map_size,
  proxy_remove_header_map_value,
  proxy_replace_header_map_value,
  proxy_set_header_map_pairs,
} from "../abi/env";
import { Status } from "../abi/enums";
import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { isEncoded } from "../abi/compare";
import { hostRefused } from "../abi/line";
import { OUT } from "../abi/out";
import { listSize, pairList } from "../abi/pair-list";
import { decodeAgain } from "../abi/text";
import { isValue } from "../abi/fields";
import { forbidden, nameOf, sizeOf, utf8, valueOf } from "../abi/wire";
import { HeaderCursor } from "./cursor";
import { mark, touched } from "./lengths";
import { countOf, find, forget, isOpen, list, size, value } from "./maps";
import { WATCHES_BODIES } from "../stream/needs";

/**
 * The header fields of a request or a response, in the callback that shows them: a request's in `onRequest`, a
 * response's in `onResponse`. Elsewhere reads find nothing and writes are refused, and the log says so.
 *
 * Names are not case-sensitive and travel in lower case; pseudo-headers (`:path`) are among them. Absent (null) is not
 * empty (""). A value that is not UTF-8 may be read as text and passed on: its bytes do not change.
 * A name or value that HTTP forbids (CR, LF, NUL; a name that is no token) is refused: false, and a line in the log.
 */
@unmanaged
export class Headers {
  /** The first value of a field, null when the field is absent. */
  @inline
  get(name: string): string | null {
    return textOf(this.map, nameOf(name));
  }

  /** The first value as bytes, valid until the callback returns; null when the field is absent. */
  @inline
  getBytes(name: string): Bytes | null {
    return bytesOf(this.map, nameOf(name));
  }

  /** The value of a field that stands there exactly once; null when it is absent or repeated. */
  @inline
  only(name: string): string | null {
    return countOf(this.map, nameOf(name)) == 1 ? decodeAgain(value, size) : null;
  }

  /** The bytes of a field that stands there exactly once; null when it is absent or repeated. */
  @inline
  onlyBytes(name: string): Bytes | null {
    return countOf(this.map, nameOf(name)) == 1 ? Bytes.view(value, size) : null;
  }

  /** All values of a field, in order; empty when it is absent. */
  getAll(name: string): string[] {
    const values: string[] = [];
    const cursor = this.entries();
    while (cursor.next()) if (cursor.isNamed(name)) values.push(cursor.value);
    return values;
  }

  /** How many lines a field has. */
  @inline
  count(name: string): i32 {
    return countOf(this.map, nameOf(name));
  }

  /** Whether the field is there, empty or not. */
  @inline
  has(name: string): bool {
    return find(this.map, nameOf(name));
  }

  /** Whether the first value of a field is exactly this text. Allocates nothing. */
  @inline
  is(name: string, text: string): bool {
    return find(this.map, nameOf(name)) && isEncoded(value, size, utf8(text));
  }

  /** Each field line in order, as the map was at this moment. */
  entries(): HeaderCursor {
    return HeaderCursor.over(list(this.map));
  }

  /** Makes this the only value of the field. */
  @inline
  set(name: string, text: string): bool {
    return replace(this.map, nameOf(name), valueOf(text));
  }

  /** Adds a line to the field, after those that are there. */
  @inline
  add(name: string, text: string): bool {
    return extend(this.map, nameOf(name), valueOf(text));
  }

  /** `set` for bytes. */
  @inline
  setBytes(name: string, bytes: Bytes): bool {
    return replaceBytes(this.map, nameOf(name), bytes);
  }

  /** `add` for bytes. */
  @inline
  addBytes(name: string, bytes: Bytes): bool {
    return extendBytes(this.map, nameOf(name), bytes);
  }

  /** Joins a value to those of the field with a comma, in one line; sets it where the field is absent. */
  append(name: string, text: string): bool {
    return this.appendBytes(name, Bytes.ofText(text));
  }

  /** `append` for bytes. */
  appendBytes(name: string, bytes: Bytes): bool {
    const cursor = this.entries();
    let total = bytes.length;
    while (cursor.next()) if (cursor.isNamed(name)) total += cursor.valueBytes.length + 2;
    const joined = take(total);
    let end = joined;
    cursor.rewind();
    while (cursor.next()) if (cursor.isNamed(name)) end = putWithComma(end, cursor.valueBytes);
    memory.copy(end, bytes.pointer, bytes.length);
    return this.setBytes(name, Bytes.view(joined, total));
  }

  /** Removes each line of the field; nothing happens where it is absent. */
  @inline
  remove(name: string): bool {
    return drop(this.map, nameOf(name));
  }

  /**
   * Puts these lines, names and values by turns, in place of all that are there; pseudo-headers must be among them. It
   * costs as much as four single changes.
   */
  replaceAll(lines: string[]): bool {
    return replaceList(this.map, lines);
  }

  /** Bytes that the host counts for all lines, names and values; 0 where it does not show them. */
  get byteSize(): i32 {
    return sizeOfMap(this.map);
  }

  private get map(): u32 {
    return <u32>changetype<usize>(this);
  }
}

// What the methods do, for a map and an encoded name and value; 0 is one that HTTP forbids. Shared parts of filters, which keep
// names of their settings encoded, call some of it themselves.

function textOf(map: u32, name: usize): string | null {
  return find(map, name) ? decodeAgain(value, size) : null;
}

function bytesOf(map: u32, name: usize): Bytes | null {
  return find(map, name) ? Bytes.view(value, size) : null;
}

export function replace(map: u32, name: usize, text: usize): bool {
  return replaceWith(map, name, text, text == 0 ? 0 : sizeOf(text));
}

function extend(map: u32, name: usize, text: usize): bool {
  return extendWith(map, name, text, text == 0 ? 0 : sizeOf(text));
}

export function replaceBytes(map: u32, name: usize, bytes: Bytes): bool {
  return replaceWith(map, name, checked(bytes), bytes.length);
}

export function extendBytes(map: u32, name: usize, bytes: Bytes): bool {
  return extendWith(map, name, checked(bytes), bytes.length);
}

function replaceWith(map: u32, name: usize, text: usize, textSize: u32): bool {
  if (!mayWrite(map, name, text)) return false;
  const status = proxy_replace_header_map_value(map, name, sizeOf(name), text, textSize);
  if (WATCHES_BODIES) touched(map, name, false);
  return status == Status.Ok || hostRefused(utf8("proxy_replace_header_map_value"), status);
}

function extendWith(map: u32, name: usize, text: usize, textSize: u32): bool {
  if (!mayWrite(map, name, text)) return false;
  const status = proxy_add_header_map_value(map, name, sizeOf(name), text, textSize);
  if (WATCHES_BODIES) touched(map, name, false);
  return status == Status.Ok || hostRefused(utf8("proxy_add_header_map_value"), status);
}

export function drop(map: u32, name: usize): bool {
  if (!mayWrite(map, name, name)) return false;
  const status = proxy_remove_header_map_value(map, name, sizeOf(name));
  if (WATCHES_BODIES) touched(map, name, true);
  return status == Status.Ok || hostRefused(utf8("proxy_remove_header_map_value"), status);
}

function replaceList(map: u32, lines: string[]): bool {
  if (!isOpen(map)) return false;
  for (let i = 0; i + 1 < lines.length; i += 2) {
    if (nameOf(lines[i]) == 0 || valueOf(lines[i + 1]) == 0) return forbidden(utf8(lines[i]));
  }
  forget(map);
  // With a length among them or without one: what was removed before may have come back.
  if (WATCHES_BODIES) mark(map, false);
  const status = proxy_set_header_map_pairs(map, pairList(lines), listSize);
  return status == Status.Ok || hostRefused(utf8("proxy_set_header_map_pairs"), status);
}

function sizeOfMap(map: u32): i32 {
  if (!isOpen(map)) return 0;
  const status = proxy_get_header_map_size(map, OUT);
  if (status == Status.Ok) return load<i32>(OUT);
  hostRefused(utf8("proxy_get_header_map_size"), status);
  return 0;
}

/** Makes content-length, where it is there, say what the body has come to. */
export function setContentLength(map: u32, length: i32): void {
  if (find(map, utf8("content-length"))) replace(map, utf8("content-length"), utf8(length.toString()));
}

function mayWrite(map: u32, name: usize, text: usize): bool {
  if (!isOpen(map)) return false;
  if (name == 0 || text == 0) return forbidden(name);
  forget(map);
  return true;
}

/** Address of bytes that may be a value, 0 where they may not. */
function checked(bytes: Bytes): usize {
  const at = bytes.pointer;
  return isValue(at, bytes.length) ? at : 0;
}

function putWithComma(at: usize, bytes: Bytes): usize {
  memory.copy(at, bytes.pointer, bytes.length);
  store<u16>(at + bytes.length, 0x202c);
  return at + bytes.length + 2;
}

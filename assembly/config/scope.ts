import { take } from "../abi/arena";
import { Urgency, put, putBytes, putNumber, putText, write } from "../abi/line";
import { sizeOf, utf8 } from "../abi/wire";
import { expected, findFault, isBlank } from "./check";
import { firstIn, member, nameIs, nextAfter, putKind, skipText, valueOf } from "./values";

// What is being read: an object of the configuration, the keys that were asked for in it, and where it stands. Problems
// are logged one by one and counted, never fatal: the operator sees all of them at once. Records live in the arena, as
// long as the callback in which a plugin is configured.

/** A key of an object. */
@unmanaged
class Key {
  next: Key | null;
  /** Its name, encoded. */
  name: usize;
  /** Whether the object was seen to hold it. */
  seen: bool;
}

/** An object that is being read. */
@unmanaged
class Scope {
  outer: Scope | null;
  /** Address of the object, 0 where there is none. */
  object: usize;
  /** Whether something else stands in its place: then what is missing in it is no problem of its own. */
  unreadable: bool;
  /** The key under which it stands in `outer`. */
  key: Key | null;
  /** Its place in a list there, -1 where it is in none. */
  index: i32;
  /** Keys that a setting was declared for, last one first. */
  known: Key | null;
}

let scope: Scope | null = null;
let text: usize = 0;
let size: usize = 0;
/** Whether any setting was read: a filter that reads none is spared the whole reader. */
let used: bool = false;
/** Whether a plugin is being configured. */
let reading: bool = false;
let problems: u32 = 0;

/** Begins to read a plugin's configuration, `length` bytes of JSON; none counts as an empty object. */
export function begin(start: usize, length: usize): void {
  text = start;
  size = length;
  used = false;
  reading = true;
  problems = 0;
}

/** Ends it: unknown keys are problems, too. True where there was no problem at all. */
export function finish(): bool {
  reading = false;
  if (used) {
    leave();
    return problems == 0;
  }
  if (isEmpty()) return true;
  put(utf8("configuration: this filter takes no settings"));
  write(Urgency.Error);
  return false;
}

/** Whether no problem was found so far. */
export function isSound(): bool {
  return problems == 0;
}

/** Whether the configuration is nothing, or an object without members. */
function isEmpty(): bool {
  let marks = 0;
  for (let at = text; at < text + size; ++at) {
    const byte: u32 = load<u8>(at);
    if (isBlank(byte)) continue;
    if (byte != (marks == 0 ? 0x7b : 0x7d) || ++marks > 2) return false;
  }
  return marks != 1;
}

/** The value of a setting of the current object, 0 where it is absent or null. Declares the key as known. */
export function lookUp(name: usize): usize {
  const current = here();
  const key = keyOf(name);
  key.next = current.known;
  current.known = key;
  if (current.object == 0) return 0;
  const value = member(current.object, key.name);
  return value == 0 || load<u8>(value) == 0x6e ? 0 : value;
}

/** Lists a problem of a setting or, with its place, of an item of a list. */
export function problem(name: usize, index: i32, message: usize): void {
  open(name, index);
  put(message);
  close();
}

/** Lists a required setting that is absent. */
export function missing(name: usize): void {
  if (!here().unreadable && !isDefined(MESHSCRIPT_DESCRIBE)) problem(name, -1, utf8("required"));
}

/** Lists a value of a kind that the setting cannot have. */
export function mistyped(name: usize, index: i32, wanted: usize, value: usize): void {
  open(name, index);
  put(utf8("expected "));
  putMismatch(wanted, value);
  close();
}

/** Lists a number beyond a limit. */
export function outOfRange(name: usize, limitIs: usize, limit: i64): void {
  open(name, -1);
  put(limitIs);
  if (limit < 0) put(utf8("-"));
  putNumber(limit < 0 ? 0 - limit : limit);
  close();
}

/** Lists a text that is none of those a setting may have. */
export function notOneOf(name: usize, options: string[]): void {
  open(name, -1);
  put(utf8("expected one of"));
  for (let i = 0; i < options.length; ++i) {
    if (i > 0) put(utf8(","));
    put(utf8(" "));
    putText(options[i]);
  }
  close();
}

/** Reads the object at `value`, or none where it is 0, that stands under a key, or in a list there; `leave` ends it. */
export function enter(name: usize, index: i32, value: usize): void {
  const outer = here();
  const sound = value == 0 || load<u8>(value) == 0x7b;
  if (!sound) mistyped(name, index, utf8("object"), value);
  const inner = scopeOf(outer, sound ? value : 0, outer.unreadable || !sound);
  inner.key = keyOf(name);
  inner.index = index;
  scope = inner;
}

/** Ends the current object: what it holds beyond the known keys is unknown, and no key may stand there twice. */
export function leave(): void {
  const current = changetype<Scope>(scope);
  if (current.object != 0) {
    for (let name = firstIn(current.object); name != 0; name = nextAfter(valueOf(name))) check(current, name);
  }
  scope = current.outer;
}

function check(current: Scope, name: usize): void {
  let key = current.known;
  while (key !== null && !nameIs(name, key.name)) key = key.next;
  const known = key !== null;
  if (key !== null) {
    const repeated = key.seen;
    key.seen = true;
    if (!repeated) return;
  }
  put(utf8("configuration: "));
  putPath(current);
  if (current.key !== null) put(utf8("."));
  // As it is written, escapes and all, so that it can be searched for.
  putBytes(name + 1, skipText(name) - name - 2);
  if (known) put(utf8(": stands there twice"));
  else put(utf8(": unknown setting"));
  close();
}

function putMismatch(wanted: usize, value: usize): void {
  put(wanted);
  put(utf8(", got "));
  putKind(value);
}

function open(name: usize, index: i32): void {
  put(utf8("configuration: "));
  putPlace(name, index);
  if (here().key !== null || sizeOf(name) > 0) put(utf8(": "));
}

function close(): void {
  ++problems;
  write(Urgency.Error);
}

/** Adds where a setting of the current object stands to the line: `rules[1].prefix`. No name is the object itself. */
export function putPlace(name: usize, index: i32): void {
  const current = here();
  putPath(current);
  putStep(current, name);
  putIndex(index);
}

/** Adds the path of an object. */
function putPath(inner: Scope): void {
  const key = inner.key;
  if (key === null) return;
  const outer = changetype<Scope>(inner.outer);
  putPath(outer);
  putStep(outer, key.name);
  putIndex(inner.index);
}

/** Adds a name inside an object, parted from the object's path by a dot where both are there. */
function putStep(inside: Scope, name: usize): void {
  if (inside.key !== null && sizeOf(name) > 0) put(utf8("."));
  put(name);
}

function putIndex(index: i32): void {
  if (index < 0) return;
  put(utf8("["));
  putNumber(index);
  put(utf8("]"));
}

/** The current object. The first call reads the text: a filter whose settings are its fields calls while it is made. */
function here(): Scope {
  if (!reading) throw new Error("config.* is for fields of a filter");
  if (!used) scope = top();
  used = true;
  return changetype<Scope>(scope);
}

/** The whole configuration as an object; what is wrong with the text is listed. */
function top(): Scope {
  let at = text;
  while (at < text + size && isBlank(load<u8>(at))) ++at;
  if (at == text + size) return scopeOf(null, 0, false);
  const fault = findFault(text, size);
  if (fault == 0 && load<u8>(at) == 0x7b) return scopeOf(null, at, false);
  put(utf8("configuration: "));
  if (fault != 0) putPosition(fault);
  put(utf8("expected "));
  if (fault != 0) put(expected);
  else putMismatch(utf8("object"), at);
  close();
  return scopeOf(null, 0, true);
}

/** Adds the line and column of a byte, both from 1; columns count characters as editors do. */
function putPosition(at: usize): void {
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

function scopeOf(outer: Scope | null, object: usize, unreadable: bool): Scope {
  const made = changetype<Scope>(take(offsetof<Scope>()));
  made.outer = outer;
  made.object = object;
  made.unreadable = unreadable;
  made.key = null;
  made.known = null;
  return made;
}

function keyOf(name: usize): Key {
  const made = changetype<Key>(take(offsetof<Key>()));
  made.name = name;
  made.seen = false;
  return made;
}

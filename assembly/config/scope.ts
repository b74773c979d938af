import { utf8 } from "../abi/wire";
import { expected, findFault, isBlank } from "./check";
import { Scope, keyOf, scopeOf } from "./place";
import * as problems from "./problems";
import { firstIn, member, nameIs, nextAfter, valueOf } from "./values";

// What is being read: an object of the configuration and the keys that were asked for in it.

let scope: Scope | null = null;
let text: usize = 0;
let size: usize = 0;
/** Whether any setting was read: a filter that reads none is spared the whole reader. */
let used: bool = false;
/** Whether a plugin is being configured. */
let reading: bool = false;

/** Begins to read a plugin's configuration, `length` bytes of JSON; none counts as an empty object. */
export function begin(start: usize, length: usize): void {
  text = start;
  size = length;
  used = false;
  reading = true;
  problems.forget();
}

/** Ends it: unknown keys are problems, too. True where there was no problem at all. */
export function finish(): bool {
  reading = false;
  if (used) leave();
  else if (!isEmpty()) problems.noSettings();
  return isSound();
}

/** Whether no problem was found so far. */
export function isSound(): bool {
  return problems.count == 0;
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

/** The current object. The first call reads the text: a filter whose settings are its fields calls while it is made. */
export function here(): Scope {
  if (!reading) throw new Error("config.* is for filter fields");
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
  if (fault != 0) problems.malformed(text, fault, expected);
  else problems.noObject(at);
  return scopeOf(null, 0, true);
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
  problems.list(here(), name, index, message);
}

/** Lists a required setting that is absent. */
export function missing(name: usize): void {
  if (!here().unreadable && !isDefined(MESHSCRIPT_DESCRIBE)) problem(name, -1, utf8("required"));
}

/** Lists a value of a kind that the setting cannot have. */
export function mistyped(name: usize, index: i32, wanted: usize, value: usize): void {
  problems.mistyped(here(), name, index, wanted, value);
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

/** Whether the current object, or one around it, stands under this key. */
export function isWithin(name: usize): bool {
  let around = scope;
  while (around !== null) {
    const key = around.key;
    if (key !== null && key.name == name) return true;
    around = around.outer;
  }
  return false;
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
  if (key === null) return problems.unwanted(current, name, false);
  if (key.seen) problems.unwanted(current, name, true);
  key.seen = true;
}

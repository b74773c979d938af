import { notOneOf, outOfRange } from "./problems";
import { enter, here, isWithin, leave, lookUp, missing, mistyped, problem } from "./scope";
import { firstIn, integerAt, isInteger, isText, nextAfter, numberAt, textAt } from "./values";
import { isHeaderName, utf8 } from "../abi/wire";
import { describe } from "./describe";

// Typed settings, by their encoded keys. Authors reach them through `config`. Each is read where a filter declares the field that holds it, so name, type, default and requiredness
// stand in one line. They may be called only while a filter is made or in its `onConfigure`. A problem is listed with the
// setting's path and a neutral value stands in: the configuration is refused in the end, traffic never meets it.

/** A text. Required unless there is a default. */
export function text(key: usize, fallback: string | null = null): string {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "text", fallback === null, fallback);
  const value = lookUp(key);
  if (value != 0) return asText(key, -1, value);
  if (isGiven(fallback)) return changetype<string>(fallback);
  missing(key);
  return "";
}

/**
 * The name of a header that may be read, set and removed, so no pseudo-header: those route the request. Required unless there
 * is a default; a default of "" stands for no header at all.
 */
export function headerName(key: usize, fallback: string | null = null): string {
  const name = text(key, fallback);
  const sound = name == "" || (isHeaderName(name) && name.charCodeAt(0) != 0x3a);
  if (!sound) problem(key, -1, utf8("is no name of a header"));
  return name;
}

/** A text that may be absent: then null. */
export function optionalText(key: usize): string | null {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "text", false, null);
  const value = lookUp(key);
  return value == 0 ? null : asText(key, -1, value);
}

/** One of several texts. Required unless there is a default. */
export function choice(key: usize, options: string[], fallback: string | null = null): string {
  if (isDefined(MESHSCRIPT_DESCRIBE))
    describe(key, "one of " + options.join(", "), fallback === null, fallback);
  const value = lookUp(key);
  if (value == 0) {
    if (isGiven(fallback)) return changetype<string>(fallback);
    missing(key);
    return unchecked(options[0]);
  }
  for (let i = 0; i < options.length; ++i)
    if (isText(value, unchecked(options[i]))) return unchecked(options[i]);
  notOneOf(here(), key, options);
  return unchecked(options[0]);
}

/** A list of texts. Required unless `required` is false: then empty. */
export function texts(key: usize, required: bool = true): string[] {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "list of text", required, null);
  const first = firstItem(key, required);
  const result = new Array<string>(itemsFrom(first));
  for (let item = first, i = 0; item != 0; item = nextAfter(item), ++i)
    place<string>(result, i, asText(key, i, item));
  return result;
}

/** A whole number from `min` to `max`, at most 17 digits. Required unless there is a default. */
export function integer(
  key: usize,
  fallback: i64 = i64.MIN_VALUE,
  min: i64 = i64.MIN_VALUE,
  max: i64 = i64.MAX_VALUE,
): i64 {
  const required = fallback == i64.MIN_VALUE;
  if (isDefined(MESHSCRIPT_DESCRIBE))
    describe(key, "whole number", required, required ? null : fallback.toString());
  const value = lookUp(key);
  if (value == 0) {
    if (required) missing(key);
    return required ? 0 : fallback;
  }
  if (!isInteger(value)) {
    mistyped(key, -1, utf8("whole number"), value);
    return 0;
  }
  const number = integerAt(value);
  if (number < min) outOfRange(here(), key, utf8("must be at least "), min);
  if (number > max) outOfRange(here(), key, utf8("must be at most "), max);
  return number;
}

/** A number. Required unless there is a default. */
export function number(key: usize, fallback: f64 = NaN): f64 {
  if (isDefined(MESHSCRIPT_DESCRIBE))
    describe(key, "number", isNaN(fallback), isNaN(fallback) ? null : fallback.toString());
  const value = lookUp(key);
  if (value == 0) {
    if (isNaN(fallback)) missing(key);
    return isNaN(fallback) ? 0 : fallback;
  }
  const first: u32 = load<u8>(value);
  if (first == 0x2d || first - 0x30 < 10) return numberAt(value);
  mistyped(key, -1, utf8("number"), value);
  return 0;
}

/** True or false; absent is the default. */
export function flag(key: usize, fallback: bool = false): bool {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "flag", false, fallback ? "true" : "false");
  const value = lookUp(key);
  if (value == 0) return fallback;
  const first = load<u8>(value);
  if (first != 0x74 && first != 0x66) mistyped(key, -1, utf8("flag"), value);
  return first == 0x74;
}

/** A list of objects, each read into the fields of a `T`. Required unless `required` is false: then empty. */
export function list<T>(key: usize, required: bool = true): T[] {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "list of " + nameof<T>(), required, null);
  if (isDefined(MESHSCRIPT_DESCRIBE) && !isWithin(key)) read<T>(key, 0, 0);
  return changetype<T[]>(
    listOf(key, required, idof<T[]>(), (): usize => changetype<usize>(instantiate<T>())),
  );
}

/** What `list` does for all kinds of objects: code that each kind had anew would be most of a module. */
function listOf(key: usize, required: bool, id: u32, make: () => usize): string[] {
  const first = firstItem(key, required);
  const result = changetype<string[]>(__newArray(itemsFrom(first), alignof<usize>(), id));
  for (let item = first, i = 0; item != 0; item = nextAfter(item), ++i) {
    enter(key, i, item);
    place<string>(result, i, changetype<string>(make()));
    leave();
  }
  return result;
}

/** An object, read into the fields of a `T`. Absent, it counts as empty: its own settings say what is required. */
export function group<T>(key: usize): T {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "object " + nameof<T>(), false, null);
  return read<T>(key, -1, lookUp(key));
}

/** An object that may be absent: then null. */
export function optionalGroup<T>(key: usize): T | null {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "object " + nameof<T>(), false, null);
  const value = lookUp(key);
  // What can hold its like is described once.
  const isAbsent = isDefined(MESHSCRIPT_DESCRIBE) ? isWithin(key) : value == 0;
  return isAbsent ? null : read<T>(key, -1, value);
}

/** Whether a setting is there, null or not being absent. */
export function has(key: usize): bool {
  return lookUp(key) != 0;
}

/** Reads a `T` from an object; 0 is an absent one. */
function read<T>(key: usize, index: i32, value: usize): T {
  enter(key, index, value);
  const result = instantiate<T>();
  leave();
  return result;
}

/** First item of a list, 0 where there is none; an absent one is a problem only where it is required. */
export function firstItem(key: usize, required: bool): usize {
  const value = lookUp(key);
  if (value == 0) {
    if (required) missing(key);
    return 0;
  }
  if (load<u8>(value) == 0x5b) return firstIn(value);
  mistyped(key, -1, utf8("list"), value);
  return 0;
}

function itemsFrom(first: usize): i32 {
  let count = 0;
  for (let item = first; item != 0; item = nextAfter(item)) ++count;
  return count;
}

function asText(key: usize, index: i32, value: usize): string {
  if (load<u8>(value) == 0x22) return textAt(value);
  mistyped(key, index, utf8("text"), value);
  return "";
}

// The list has room already: to assign by index would link in the code that makes room.
function place<T>(list: T[], index: i32, item: T): void {
  store<usize>(list.dataStart + ((<usize>index) << alignof<T>()), changetype<usize>(item));
  __link(changetype<usize>(list), changetype<usize>(item), true);
}

// By address: to compare with null by name would link in the comparison of strings.
function isGiven(fallback: string | null): bool {
  return changetype<usize>(fallback) != 0;
}

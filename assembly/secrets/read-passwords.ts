import { BytesBuilder } from "../abi/builder";
import { sizeOf, utf8 } from "../abi/wire";
import { describe } from "../config/describe";
import { optionalText } from "../config/reader";
import { enter, leave, lookUp, missing, mistyped, problem } from "../config/scope";
import { firstIn, nextAfter, textAt } from "../config/values";
import { get as environment } from "../host/environment";
import { Passwords } from "./passwords";

/** Reads users and hashes of their passwords: see `config.passwords`. */
export function passwords(key: usize): Passwords {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "text, list of text or object", true, null);
  const value = lookUp(key);
  if (value == 0) {
    missing(key);
    return new Passwords(0);
  }
  const first = load<u8>(value);
  if (first == 0x22) return readLines(key, textAt(value));
  if (first == 0x5b) return readList(key, value);
  if (first == 0x7b) return readReference(key, value);
  mistyped(key, -1, utf8("text, list or object"), value);
  return new Passwords(0);
}

function readReference(key: usize, value: usize): Passwords {
  enter(key, -1, value);
  const inline = optionalText(utf8("inline_string"));
  const name = optionalText(utf8("env"));
  leave();
  if (inline !== null && name === null) return readLines(key, inline);
  if (name === null || inline !== null) problem(key, -1, utf8("expected either inline_string or env"));
  else {
    const held = environment(name);
    if (held !== null) return readLines(key, held);
    problem(key, -1, utf8("env: no such environment variable"));
  }
  return new Passwords(0);
}

function readList(key: usize, list: usize): Passwords {
  let count = 0;
  for (let item = firstIn(list); item != 0; item = nextAfter(item)) ++count;
  const read = new Passwords(count);
  for (let item = firstIn(list), i = 0; item != 0; item = nextAfter(item), ++i) {
    if (load<u8>(item) != 0x22) {
      mistyped(key, i, utf8("text"), item);
      continue;
    }
    const line = utf8(textAt(item));
    const fault = read.add(line, line + sizeOf(line));
    if (fault != 0) problem(key, i, fault);
  }
  if (count == 0) problem(key, -1, utf8("must not be empty"));
  return read;
}

/** The lines of a file, without those that are empty or comments. */
function readLines(key: usize, text: string): Passwords {
  const start = utf8(text);
  const end = start + sizeOf(start);
  let count = 1;
  for (let at = start; at < end; ++at) if (load<u8>(at) == 0x0a) ++count;
  const read = new Passwords(count);
  let faults = 0;
  for (let at = start, line = 1; at < end; ++line) {
    let next = at;
    while (next < end && load<u8>(next) != 0x0a) ++next;
    const fault = readLine(read, at, next);
    if (fault != 0) problem(key, -1, numbered(line, fault));
    if (fault != 0) ++faults;
    at = next + 1;
  }
  if (read.size == 0 && faults == 0) problem(key, -1, utf8("must not be empty"));
  return read;
}

function readLine(to: Passwords, from: usize, end: usize): usize {
  if (end > from && load<u8>(end - 1) == 0x0d) --end;
  return end == from || load<u8>(from) == 0x23 ? 0 : to.add(from, end);
}

function numbered(line: i32, fault: usize): usize {
  return BytesBuilder.begin().addText("line ").addInteger(line).addText(": ").addEncoded(fault).encoded;
}

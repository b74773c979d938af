import { epoch, take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { sameBytes } from "../abi/compare";
import { Status } from "../abi/enums";
import { proxy_get_shared_data, proxy_set_shared_data } from "../abi/env";
import { Urgency, hostRefused, put, putBytes, write } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { integerText, parseInteger } from "./shared-number";

// Values that all VMs with one VM id share, in all workers. They stay as long as the proxy runs. The host keeps a mark with
// each value that changes with each write: who hands it back writes only if nobody else has written meanwhile.

/** How often a change is tried again when others get in between. Each time one of them has got on. */
const ATTEMPTS = 100;

/** No value has this mark: handed over for an absent key, it writes only if the key is absent still. */
const NEVER: u32 = u32.MAX_VALUE;

const CAS = memory.data(4, 4);

/** What was read in this callback. */
@unmanaged
class Read {
  key: usize;
  cas: u32;
  before: Read | null;
}

let newest: Read | null = null;
let readIn: u32 = 0;

/** The value under a key as text, null where there is none. An empty value is none: see `remove`. */
export function get(key: string): string | null {
  const bytes = find(utf8(key));
  return bytes === null ? null : bytes.toString();
}

/** `get` as bytes, valid until the callback returns. */
export function getBytes(key: string): Bytes | null {
  return find(utf8(key));
}

/** Writes a value, whatever is there. */
export function set(key: string, text: string): bool {
  return replace(utf8(key), Bytes.ofText(text));
}

/** `set` for bytes. */
export function setBytes(key: string, bytes: Bytes): bool {
  return replace(utf8(key), bytes);
}

/**
 * Writes a value only if nobody has written since this callback read the key with `get`, an absent key included. False:
 * somebody has, or the key was not read.
 */
export function compareAndSet(key: string, text: string): bool {
  return setIfSame(utf8(key), Bytes.ofText(text));
}

/** `compareAndSet` for bytes. */
export function compareAndSetBytes(key: string, bytes: Bytes): bool {
  return setIfSame(utf8(key), bytes);
}

/**
 * Replaces a value by what `change` makes of it, as often as it takes for nobody to get in between. False where the host
 * refuses, or where others got in between a hundred times: then the log says so.
 */
export function update(key: string, change: (value: string | null) => string): bool {
  const at = utf8(key);
  for (let i = 0; i < ATTEMPTS; ++i) {
    const found = find(at);
    const status = attempt(at, Bytes.ofText(change(found === null ? null : found.toString())), markOf(at));
    if (status != Status.CasMismatch) return accepted(status);
  }
  return outrun(at);
}

/** `update` for bytes. */
export function updateBytes(key: string, change: (value: Bytes | null) => Bytes): bool {
  const at = utf8(key);
  for (let i = 0; i < ATTEMPTS; ++i) {
    const status = attempt(at, change(find(at)), markOf(at));
    if (status != Status.CasMismatch) return accepted(status);
  }
  return outrun(at);
}

/**
 * Adds to a whole number that is kept in decimal digits, and returns what it has become; a value that is no number counts
 * as 0. No other worker's addition is lost. Where the host refuses, the number returned is the one that is there.
 */
export function add(key: string, delta: i64): i64 {
  const at = utf8(key);
  for (let i = 0; i < ATTEMPTS; ++i) {
    const before = parseInteger(find(at));
    const status = attempt(at, integerText(before + delta), markOf(at));
    if (status == Status.Ok) return before + delta;
    if (status != Status.CasMismatch && !accepted(status)) return before;
  }
  outrun(at);
  return parseInteger(find(at));
}

/** Takes a value away. The host cannot forget a key, so an empty value stays, which `get` takes for none. */
export function remove(key: string): bool {
  return replace(utf8(key), Bytes.view(0, 0));
}

function find(key: usize): Bytes | null {
  const status = proxy_get_shared_data(key, sizeOf(key), OUT, OUT + 4, CAS);
  if (status != Status.Ok && status != Status.NotFound) hostRefused(utf8("proxy_get_shared_data"), status);
  const found = status == Status.Ok;
  note(key, found ? load<u32>(CAS) : NEVER);
  return found && outSize() > 0 ? Bytes.view(outData(), outSize()) : null;
}

function replace(key: usize, bytes: Bytes): bool {
  return accepted(attempt(key, bytes, 0));
}

function setIfSame(key: usize, bytes: Bytes): bool {
  const cas = markOf(key);
  if (cas == 0) return false;
  const status = attempt(key, bytes, cas);
  return status != Status.CasMismatch && accepted(status);
}

function attempt(key: usize, bytes: Bytes, cas: u32): u32 {
  return proxy_set_shared_data(key, sizeOf(key), bytes.pointer, bytes.length, cas);
}

function accepted(status: u32): bool {
  return status == Status.Ok || hostRefused(utf8("proxy_set_shared_data"), status);
}

function outrun(key: usize): bool {
  put(utf8("shared data: others kept changing "));
  putBytes(key, sizeOf(key));
  write(Urgency.Error);
  return false;
}

/** Remembers the mark of what was read. */
function note(key: usize, cas: u32): void {
  const known = readOf(key);
  if (known !== null) {
    known.cas = cas;
    return;
  }
  const size = sizeOf(key);
  const copy = take(size + 4) + 4;
  memory.copy(copy - 4, key - 4, size + 4);
  const read = changetype<Read>(take(offsetof<Read>()));
  read.key = copy;
  read.cas = cas;
  read.before = newest;
  newest = read;
}

/** The mark of what this callback read last under a key, 0 where it read nothing. */
function markOf(key: usize): u32 {
  const read = readOf(key);
  return read === null ? 0 : read.cas;
}

function readOf(key: usize): Read | null {
  if (readIn != epoch) {
    readIn = epoch;
    newest = null;
  }
  let read = newest;
  while (read !== null && !isKey(read, key)) read = read.before;
  return read;
}

function isKey(read: Read, key: usize): bool {
  return sizeOf(read.key) == sizeOf(key) && sameBytes(read.key, key, sizeOf(key));
}

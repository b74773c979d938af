import { proxy_get_property, proxy_set_property } from "../abi/env";
import { Status } from "../abi/enums";
import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { hostRefused } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";

// Paths, keys and names come here as encoded texts.

const DOT: u8 = 0x2e;

/**
 * What the host knows under a path whose words are parted by dots, valid until the callback returns; null where it has
 * nothing at this moment.
 */
export function getProperty(path: usize): Bytes | null {
  const size = sizeOf(path);
  const parted = take(size);
  for (let i: usize = 0; i < size; ++i) {
    const byte = load<u8>(path + i);
    store<u8>(parted + i, byte == DOT ? 0 : byte);
  }
  return read(parted, size);
}

/** Dynamic metadata of the stream under a name space and a key, whose dots part no words. */
export function getMetadata(space: usize, key: usize): Bytes | null {
  const path = take(sizeOf(space) + sizeOf(key) + 32);
  const end = put(put(path, utf8("metadata\0filter_metadata\0")), space);
  store<u8>(end, 0);
  return read(path, put(end + 1, key) - path);
}

/** Filter state of the stream under a key that is given in two parts: its dots part no words. */
export function getFilterState(prefix: usize, name: usize): Bytes | null {
  const path = take(sizeOf(prefix) + sizeOf(name) + 16);
  const end = put(put(put(path, utf8("filter_state\0")), prefix), name);
  return read(path, end - path);
}

function put(to: usize, text: usize): usize {
  memory.copy(to, text, sizeOf(text));
  return to + sizeOf(text);
}

/** Sets filter state `wasm.<name>` of the stream. */
export function setFilterState(name: usize, value: Bytes): bool {
  const status = proxy_set_property(name, sizeOf(name), value.pointer, value.length);
  return status == Status.Ok || hostRefused(utf8("proxy_set_property"), status);
}

// Absent is an answer, not a fault; so is what the host cannot put into bytes.
function read(path: usize, size: usize): Bytes | null {
  const status = proxy_get_property(path, size, OUT, OUT + 4);
  return status == Status.Ok ? Bytes.view(outData(), outSize()) : null;
}

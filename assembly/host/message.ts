import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";

// As much of protobuf as the host's foreign functions need: messages of bytes and small numbers.

/** Longest that a tag and a size are together. */
const HEAD: usize = 16;

/** A message under construction. Fields follow each other; an absent one is left out, as protobuf does. */
@unmanaged
export class Message {
  private start: usize;
  private end: usize;

  /** Room for `fields` fields that hold `size` bytes between them. */
  static begin(fields: i32, size: usize): Message {
    const message = changetype<Message>(take(offsetof<Message>()));
    message.start = message.end = take(size + <usize>fields * HEAD);
    return message;
  }

  add(field: u32, at: usize, size: usize): Message {
    if (size == 0) return this;
    const to = putVarint(size, putVarint((field << 3) | 2, this.end));
    memory.copy(to, at, size);
    this.end = to + size;
    return this;
  }

  addNumber(field: u32, value: u32): Message {
    if (value != 0) this.end = putVarint(value, putVarint(field << 3, this.end));
    return this;
  }

  get bytes(): Bytes {
    return Bytes.view(this.start, this.end - this.start);
  }
}

function putVarint(value: u64, to: usize): usize {
  for (; value > 127; value >>= 7) store<u8>(to++, (<u8>value) | 128);
  store<u8>(to, <u8>value);
  return to + 1;
}

/** The last field of this number that holds bytes, null where there is none; a message that is cut short has none. */
export function fieldBytes(message: Bytes, field: u32): Bytes | null {
  return look(message, field, 2) && found ? Bytes.view(foundAt, <usize>foundValue) : null;
}

/** The last field of this number that holds a number; 0 where there is none. */
export function fieldNumber(message: Bytes, field: u32): u64 {
  return look(message, field, 0) && found ? foundValue : 0;
}

let found: bool = false;
let foundAt: usize = 0;
let foundValue: u64 = 0;

/** Where reading stands; beyond `end` where the message was cut short. */
let at: usize = 0;
let end: usize = 0;

/** Walks over all fields. False: it is no message. */
function look(message: Bytes, field: u32, type: u32): bool {
  at = message.pointer;
  end = at + message.length;
  found = false;
  while (at < end) {
    const tag = varint();
    const value = (tag & 7) == 0 || (tag & 7) == 2 ? varint() : 0;
    const size: u64 = (tag & 7) == 2 ? value : (tag & 7) == 1 ? 8 : (tag & 7) == 5 ? 4 : 0;
    if (at > end || size > end - at || (tag & 7) == 3 || (tag & 7) == 4 || (tag & 7) > 5) return false;
    if (tag == (((<u64>field) << 3) | type)) {
      found = true;
      foundAt = at;
      foundValue = value;
    }
    at += <usize>size;
  }
  return true;
}

function varint(): u64 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift < 70 && at < end; shift += 7) {
    const byte: u64 = load<u8>(at++);
    if (shift < 64) value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
  at = end + 1;
  return 0;
}

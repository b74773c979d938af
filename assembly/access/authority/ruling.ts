import { take } from "../../abi/arena";
import { Bytes } from "../../abi/bytes";
import { isValue, lowerName } from "../../abi/fields";

/** What becomes of a request. */
export const enum Fate {
  /** The authority has not said. */
  Failed,
  Allowed,
  Denied,
}

/** What is to be done with a header, a query parameter or the body of a reply. */
export const enum Order {
  /** Another line of the request, or of the reply to a client who is refused. */
  Add,
  AddIfAbsent,
  /** In place of all lines. */
  Set,
  SetIfPresent,
  /** Joined to what is there, if anything is. */
  Join,
  Remove,
  SetParameter,
  RemoveParameter,
  /** The body of a reply; it has no name. */
  Body,
  /** On the response what `Add` to `SetIfPresent` are on the request. */
  RespondAdd = 16,
}

/** Sizes of fate and status, and of kind and size in front of a name. */
const HEAD: usize = 8;

/**
 * What an authority has ruled, in the form in which it is carried out and kept: its fate, an HTTP status, then orders, one
 * behind the other, whose names and values have their sizes in front of them as encoded texts have. Put together in one
 * callback, without making garbage.
 */
@unmanaged
export class Ruling {
  private start: usize;
  private size: usize;
  private room: usize;
  private broken: bool;

  static begin(): Ruling {
    const ruling = changetype<Ruling>(take(offsetof<Ruling>()));
    ruling.room = 1024;
    ruling.start = take(1024);
    ruling.size = HEAD;
    ruling.broken = false;
    return ruling;
  }

  /** Marks it as something that cannot be carried out. */
  break(): void {
    this.broken = true;
  }

  /** An order about a header. One that HTTP does not have breaks the ruling: it may be the one that matters. */
  field(kind: i32, name: Bytes, value: Bytes): void {
    const at = this.put(kind, name, value);
    if (!lowerName(at, name.length) || !isValue(value.pointer, value.length)) this.broken = true;
  }

  /** Any other order. Where it is kept. */
  put(kind: i32, name: Bytes, value: Bytes): usize {
    const needed: usize = 20 + <usize>name.length + value.length;
    if (this.size + needed > this.room) this.grow(needed);
    const at = this.start + this.size;
    store<u32>(at, kind);
    store<u32>(at, name.length, 4);
    memory.copy(at + HEAD, name.pointer, name.length);
    const next = at + HEAD + padded(name.length);
    store<u32>(next, value.length);
    memory.copy(next + 4, value.pointer, value.length);
    this.size = next + 4 + padded(value.length) - this.start;
    return at + HEAD;
  }

  /**
   * The whole of it, valid until the callback returns. A broken one allows nothing; what denies goes on to deny, without
   * its orders.
   */
  end(fate: Fate, status: i32 = 0): Bytes {
    if (this.broken) this.size = HEAD;
    store<u32>(this.start, this.broken && fate == Fate.Allowed ? Fate.Failed : fate);
    store<u32>(this.start, status, 4);
    return Bytes.view(this.start, this.size);
  }

  private grow(needed: usize): void {
    const before = this.start;
    this.room = (this.size + needed) * 2;
    this.start = take(this.room);
    memory.copy(this.start, before, this.size);
  }
}

/** Walks over the orders of a ruling. */
@unmanaged
export class OrderCursor {
  kind: i32;
  /** Encoded, as its value. */
  name: usize;
  value: usize;
  private at: usize;
  private end: usize;

  static over(ruling: Bytes): OrderCursor {
    const cursor = changetype<OrderCursor>(take(offsetof<OrderCursor>()));
    cursor.at = ruling.pointer + HEAD;
    cursor.end = ruling.pointer + ruling.length;
    return cursor;
  }

  next(): bool {
    if (this.at >= this.end) return false;
    this.kind = load<i32>(this.at);
    this.name = this.at + HEAD;
    this.value = this.name + padded(load<u32>(this.name - 4)) + 4;
    this.at = this.value + padded(load<u32>(this.value - 4));
    return true;
  }
}

export function fateOf(ruling: Bytes): Fate {
  return load<i32>(ruling.pointer);
}

export function statusOf(ruling: Bytes): u32 {
  return load<u32>(ruling.pointer, 4);
}

function padded(size: usize): usize {
  return (size + 3) & ~3;
}

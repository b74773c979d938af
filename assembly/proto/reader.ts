import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { Cursor, unzigzag } from "./cursor";
import { ProtoItems } from "./items";
import { WireType } from "./wire-type";

/**
 * Reads a protobuf message, field by field, in the order in which they stand there:
 *
 *   const reader = ProtoReader.of(response.body);
 *   while (reader.next()) {
 *     if (reader.field == 1) user = reader.text();
 *   }
 *   if (!reader.ok) return x.reply(502);
 *
 * A field that nobody reads is passed over. What is no message, and a field that is read as what it is not, never abort: they
 * read as 0 or empty, and `ok` is false. Of a field that comes twice the last one counts. How deep messages may be nested
 * is the reader's to say: `nested` goes down one level.
 */
@unmanaged
export class ProtoReader extends Cursor {
  private fieldNumber: u32;
  private type: WireType;
  private valueAt: usize;

  /** Reads these bytes, which must stay valid meanwhile. */
  static of(message: Bytes): ProtoReader {
    return reading(message.length == 0 ? 0 : message.pointer, message.length);
  }

  /** Goes on to the next field; false at the end, and where there is no message. */
  next(): bool {
    if (this.at >= this.end) return false;
    const tag = this.varint();
    this.fieldNumber = <u32>(tag >> 3);
    this.type = <WireType>((<u32>tag) & 7);
    this.valueAt = this.at;
    // Field numbers have 29 bits, and the last one of 0 is none.
    if (tag > u32.MAX_VALUE || this.fieldNumber == 0) this.break();
    else this.passValue();
    return !this.broken;
  }

  /** Whether what was read so far is sound. */
  get ok(): bool {
    return !this.broken;
  }

  /** The number of the field. */
  get field(): u32 {
    return this.fieldNumber;
  }

  get wireType(): WireType {
    return this.type;
  }

  /** A field of type int32, int64, uint32, uint64 or an enum: `<i32>reader.number()`. */
  number(): u64 {
    return this.is(WireType.Varint) ? this.value().varint() : 0;
  }

  /** A field of type sint32 or sint64. */
  sint(): i64 {
    return unzigzag(this.number());
  }

  /** A field of type bool. */
  flag(): bool {
    return this.number() != 0;
  }

  /** A field of type fixed32 or sfixed32. */
  fixed32(): u32 {
    return this.is(WireType.Fixed32) ? load<u32>(this.valueAt) : 0;
  }

  /** A field of type fixed64 or sfixed64. */
  fixed64(): u64 {
    return this.is(WireType.Fixed64) ? load<u64>(this.valueAt) : 0;
  }

  /** A field of type float. */
  float(): f32 {
    return reinterpret<f32>(this.fixed32());
  }

  /** A field of type double. */
  double(): f64 {
    return reinterpret<f64>(this.fixed64());
  }

  /** A field of type string. */
  text(): string {
    return this.data().toString();
  }

  /** A field of type bytes: a view, valid as long as the message's. */
  data(): Bytes {
    const inner = this.inner();
    return Bytes.view(inner.at, inner.left);
  }

  /** A field that is a message itself. Its soundness is its own: ask its `ok`. */
  nested(): ProtoReader {
    const inner = this.inner();
    return reading(inner.at, inner.left);
  }

  /** A repeated field of numbers, packed or not. Numbers that are not packed come as fields of their own. */
  items(): ProtoItems {
    const inner = this.type == WireType.Sized ? this.inner() : this.value();
    return changetype<ProtoItems>(inner);
  }

  private passValue(): void {
    if (this.type == WireType.Varint) this.varint();
    else if (this.type == WireType.Fixed64) this.skip(8);
    else if (this.type == WireType.Sized) this.skip(this.varint());
    else if (this.type == WireType.Fixed32) this.skip(4);
    // Groups are no part of proto3.
    else this.break();
  }

  /** Whether the field is of this type. Where it is not, the message is not what was expected. */
  private is(type: WireType): bool {
    const matches = this.type == type && !this.broken;
    if (!matches) this.broken = true;
    return matches;
  }

  /** The field's value. */
  private value(): Cursor {
    return between(this.valueAt, this.at);
  }

  /** The field's value without the size in front. */
  private inner(): Cursor {
    if (!this.is(WireType.Sized)) return between(0, 0);
    const value = this.value();
    value.varint();
    return value;
  }
}

function reading(at: usize, size: usize): ProtoReader {
  const reader = changetype<ProtoReader>(take(offsetof<ProtoReader>()));
  memory.fill(changetype<usize>(reader), 0, offsetof<ProtoReader>());
  reader.at = at;
  reader.end = at + size;
  return reader;
}

function between(at: usize, end: usize): Cursor {
  const cursor = changetype<Cursor>(take(offsetof<Cursor>()));
  cursor.at = at;
  cursor.end = end;
  cursor.broken = false;
  return cursor;
}

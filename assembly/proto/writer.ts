import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { encode, encodedLimit } from "../abi/text";
import { WireType } from "./wire-type";

/** Longest that a number is. */
const VARINT: usize = 10;

/**
 * Writes a protobuf message, field by field, without making garbage:
 * `ProtoWriter.begin().text(1, "alice").varint(2, 7).bytes`. Numbers of fields are those of the `.proto` file. A field that
 * has its default value (0, false, empty) need not be written. The message is valid until the callback returns.
 */
@unmanaged
export class ProtoWriter {
  private start: usize;
  private size: usize;
  private room: usize;

  static begin(): ProtoWriter {
    const writer = changetype<ProtoWriter>(take(offsetof<ProtoWriter>()));
    writer.room = 128;
    writer.start = take(128);
    writer.size = 0;
    return writer;
  }

  /** A field of type int32, int64, uint32, uint64 or an enum: `varint(3, <u64>-1)` for numbers below 0. */
  varint(field: u32, value: u64): ProtoWriter {
    return this.tag(field, WireType.Varint).putVarint(value);
  }

  /** A field of type sint32 or sint64. */
  sint(field: u32, value: i64): ProtoWriter {
    return this.varint(field, zigzag(value));
  }

  /** A field of type bool. */
  flag(field: u32, value: bool): ProtoWriter {
    return this.varint(field, value ? 1 : 0);
  }

  /** A field of type fixed32 or sfixed32. */
  fixed32(field: u32, value: u32): ProtoWriter {
    return this.tag(field, WireType.Fixed32).put<u32>(value);
  }

  /** A field of type fixed64 or sfixed64. */
  fixed64(field: u32, value: u64): ProtoWriter {
    return this.tag(field, WireType.Fixed64).put<u64>(value);
  }

  /** A field of type float. */
  float(field: u32, value: f32): ProtoWriter {
    return this.tag(field, WireType.Fixed32).put<f32>(value);
  }

  /** A field of type double. */
  double(field: u32, value: f64): ProtoWriter {
    return this.tag(field, WireType.Fixed64).put<f64>(value);
  }

  /** A field of type string. */
  text(field: u32, value: string): ProtoWriter {
    return this.data(field, Bytes.ofText(value));
  }

  /** A field of type bytes. */
  data(field: u32, value: Bytes): ProtoWriter {
    return this.sized(field, value.pointer, value.length);
  }

  /** A field that is a message itself. */
  nested(field: u32, message: ProtoWriter): ProtoWriter {
    return this.sized(field, message.start, message.size);
  }

  /** A repeated field of numbers: whole ones as varints, `f32` and `f64` as float and double. Packed, as proto3 has it. */
  packed<T>(field: u32, values: T[]): ProtoWriter {
    const list = ProtoWriter.begin();
    for (let i = 0; i < values.length; ++i) {
      if (isFloat<T>()) list.put<T>(values[i]);
      else list.putVarint(<u64>values[i]);
    }
    return this.nested(field, list);
  }

  /** A repeated field of type sint32 or sint64. */
  packedSint(field: u32, values: i64[]): ProtoWriter {
    const list = ProtoWriter.begin();
    for (let i = 0; i < values.length; ++i) list.putVarint(zigzag(values[i]));
    return this.nested(field, list);
  }

  /** A repeated field of type fixed32 or fixed64, by the type of the numbers. */
  packedFixed<T>(field: u32, values: T[]): ProtoWriter {
    const list = ProtoWriter.begin();
    for (let i = 0; i < values.length; ++i) list.put<T>(values[i]);
    return this.nested(field, list);
  }

  /** What was written. */
  get bytes(): Bytes {
    return Bytes.view(this.start, this.size);
  }

  private tag(field: u32, type: WireType): ProtoWriter {
    assert(field > 0 && field < 1 << 29, "protobuf has no field of this number");
    return this.putVarint(((<u64>field) << 3) | type);
  }

  private sized(field: u32, at: usize, size: usize): ProtoWriter {
    this.tag(field, WireType.Sized).putVarint(size);
    memory.copy(this.space(size), at, size);
    this.size += size;
    return this;
  }

  private put<T>(value: T): ProtoWriter {
    store<T>(this.space(sizeof<T>()), value);
    this.size += sizeof<T>();
    return this;
  }

  private putVarint(value: u64): ProtoWriter {
    let to = this.space(VARINT);
    for (; value > 127; value >>= 7) store<u8>(to++, (<u8>value) | 128);
    store<u8>(to, <u8>value);
    this.size = to + 1 - this.start;
    return this;
  }

  /** Where `size` more bytes may be written. */
  private space(size: usize): usize {
    if (this.size + size > this.room) {
      this.room = (this.size + size) * 2;
      const larger = take(this.room);
      memory.copy(larger, this.start, this.size);
      this.start = larger;
    }
    return this.start + this.size;
  }
}

function zigzag(value: i64): u64 {
  return <u64>((value << 1) ^ (value >> 63));
}

/** A protobuf message as it was sent: its fields by number and wire type, the last one where there are several. */
export class Message {
  constructor(private readonly fields: ReadonlyMap<string, bigint | Uint8Array>) {}

  bytes(field: number): Uint8Array {
    return (this.fields.get(`${field}:${wire.bytes}`) ?? new Uint8Array()) as Uint8Array;
  }

  text(field: number): string {
    return Buffer.from(this.bytes(field)).toString("utf8");
  }

  /** Also for flags and members of an enum. */
  number(field: number): number {
    return Number(BigInt.asIntN(32, (this.fields.get(`${field}:${wire.varint}`) ?? 0n) as bigint));
  }
}

const wire = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 };
const longestVarint = 10;
const deepestGroup = 100;

/** `texts`: fields that must hold UTF-8. Null where the bytes are no message. */
export function decodeMessage(bytes: Uint8Array, texts: readonly number[] = []): Message | null {
  const fields = new Map<string, bigint | Uint8Array>();
  try {
    readFields(new Reader(bytes), 0, (field, type, value) => {
      if (type === wire.bytes && texts.includes(field)) strictUtf8.decode(value as Uint8Array);
      fields.set(`${field}:${type}`, value);
    });
  } catch {
    return null;
  }
  return new Message(fields);
}

/** Fields with their numbers; what is empty or 0 is left out, as protobuf does. */
export function encodeMessage(
  fields: readonly (readonly [number: number, value: Uint8Array | number])[],
): Uint8Array {
  const parts = fields.flatMap(([field, value]) => {
    if (typeof value === "number") return value === 0 ? [] : [varint(field << 3), varint(value)];
    return value.length === 0 ? [] : [varint((field << 3) | wire.bytes), varint(value.length), value];
  });
  return Buffer.concat(parts);
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

type Found = (field: number, type: number, value: bigint | Uint8Array) => void;

/** Reads to the end of the message, or of the group. */
function readFields(reader: Reader, depth: number, found: Found): void {
  if (depth > deepestGroup) throw new Error("groups in groups without end");
  while (!reader.done()) {
    const tag = Number(reader.varint());
    const [field, type] = [tag >>> 3, tag & 7];
    if (field === 0 || tag > 0xffffffff) throw new Error("no field");
    if (type === wire.groupEnd && depth > 0) return;
    if (type === wire.groupStart) readFields(reader, depth + 1, () => {});
    else found(field, type, readValue(reader, type));
  }
  if (depth > 0) throw new Error("a group without an end");
}

function readValue(reader: Reader, type: number): bigint | Uint8Array {
  if (type === wire.varint) return reader.varint();
  if (type === wire.fixed64) return reader.take(8);
  if (type === wire.bytes) return reader.take(Number(reader.varint()));
  if (type === wire.fixed32) return reader.take(4);
  throw new Error("an unknown wire type");
}

class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  done(): boolean {
    return this.#at === this.bytes.length;
  }

  take(count: number): Uint8Array {
    if (count > this.bytes.length - this.#at) throw new Error("too short");
    return this.bytes.subarray(this.#at, (this.#at += count));
  }

  varint(): bigint {
    let value = 0n;
    for (let index = 0; index < longestVarint; index++) {
      const byte = this.take(1)[0]!;
      value |= BigInt(byte & 127) << BigInt(7 * index);
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new Error("a number without an end");
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  return new Uint8Array([...bytes, value]);
}

import type { DescMessage, JsonValue, Message, Registry } from "@bufbuild/protobuf";
import { utf8 } from "../bytes.js";
import { protobuf, wellKnown } from "../cel/library.js";
import { valueMap, type Property, type PropertyTree } from "./tree.js";

const struct = "google.protobuf.Struct";

/** A protobuf message that a filter keeps; its parts can be looked up where it is one of protobuf's own types. */
export class ProtoProperty implements PropertyTree {
  constructor(
    private readonly typeUrl: string,
    private readonly bytes: Uint8Array,
  ) {}

  whole(): Uint8Array {
    return this.bytes;
  }

  /** Of a Struct its entries. */
  get(name: string): Property {
    const desc = this.#type();
    if (desc?.typeName !== struct) return undefined;
    const { StructSchema } = wellKnown();
    const { fromBinary, toJson } = protobuf();
    const entries = toJson(StructSchema, fromBinary(StructSchema, this.bytes));
    return Object.hasOwn(entries, name) ? property(entries[name]!) : undefined;
  }

  /** Throws an Error where the type is not known here, or the bytes are none of it. */
  message(): Message {
    const desc = this.#type();
    if (!desc) throw new Error(`${this.typeUrl}: an unknown type of message`);
    return protobuf().fromBinary(desc, this.bytes);
  }

  #type(): DescMessage | undefined {
    return types().getMessage(this.typeUrl.slice(this.typeUrl.lastIndexOf("/") + 1));
  }
}

let registry: Registry | undefined;

function types(): Registry {
  const known = wellKnown();
  registry ??= protobuf().createRegistry(
    known.file_google_protobuf_any,
    known.file_google_protobuf_duration,
    known.file_google_protobuf_empty,
    known.file_google_protobuf_struct,
    known.file_google_protobuf_timestamp,
    known.file_google_protobuf_wrappers,
  );
  return registry;
}

/** As a Struct's value is shown to guests; undefined for what has no form: null, and whole lists and objects. */
function property(value: JsonValue): Property {
  if (typeof value === "string") return utf8(value);
  if (typeof value !== "object") return value;
  return value === null || Array.isArray(value) ? undefined : nested(value);
}

function nested(value: { [name: string]: JsonValue }): Property {
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const shown = property(part);
    return shown === undefined ? [] : [[name, shown] as const];
  });
  return valueMap(Object.fromEntries(parts));
}

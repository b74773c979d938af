import { fromBytes } from "../bytes.js";
import { undeclared, type Declaration } from "./declarations.js";
import { ProtoProperty } from "./proto.js";
import { serialise, type Property } from "./tree.js";

interface Entry {
  property: Property;
  /** How long it lives, as the ABI numbers it. */
  span: number;
  /** Absent where the host's own kinds of objects are at work. */
  declaration?: Declaration;
}

const ownPrefix = "wasm.";
const types = { text: 1, flatBuffers: 2, protobuf: 3 };

/** What filters leave for each other and for the host, by name. What `proxy_set_property` writes begins with `wasm.`. */
export class FilterState {
  readonly #entries = new Map<string, Entry>();

  get(name: string): Property {
    return this.#entries.get(name)?.property;
  }

  /** What `proxy_set_property` wrote under this name. */
  own(name: string): Property {
    return this.get(ownPrefix + name);
  }

  /** An object of the host's: nothing changes where one of another life span is there. */
  set(name: string, property: Property, span: number): void {
    const present = this.#entries.get(name);
    if (!present || present.span === span) this.#entries.set(name, { property, span });
  }

  /** False: it may be written but once. The declaration counts that was there at the first time. */
  setOwn(path: readonly string[], value: Uint8Array, declared: ReadonlyMap<string, Declaration>): boolean {
    const name = path.join("\0");
    const present = this.#entries.get(ownPrefix + name);
    const declaration = present?.declaration ?? declared.get(name) ?? undeclared;
    if (present && declaration.readonly) return false;
    const property = typed(value, declaration);
    this.#entries.set(ownPrefix + name, { property, span: declaration.span, declaration });
    return true;
  }

  /** What can be told of it, as byte strings. */
  texts(): ReadonlyMap<string, string> {
    const told = [...this.#entries].flatMap(([name, { property }]) => {
      const bytes = property === undefined ? null : serialise(property);
      return bytes ? [[name, fromBytes(bytes)] as const] : [];
    });
    return new Map(told);
  }
}

function typed(value: Uint8Array, { type, schema }: Declaration): Property {
  if (type === types.text) return fromBytes(value);
  if (type === types.protobuf) return new ProtoProperty(schema, value);
  if (type === types.flatBuffers) return unreadable(value);
  return value;
}

/** Envoy reads such a value with the schema that the guest gave, and crashes where that is none. */
function unreadable(value: Uint8Array): Property {
  return { get: () => undefined, whole: () => value };
}

import { protobuf, wellKnown } from "../cel/library.js";
import { utf8 } from "../bytes.js";
import { encodeMessage } from "../foreign/message.js";
import type { StreamInfo } from "../types.js";
import { fields, textMap, valueMap, type PropertyTree } from "./tree.js";

type Metadata = Required<StreamInfo>["metadata"];

/** Metadata as Envoy's message of this name: spaces of names and values. */
export function metadataProperty(spaces: Metadata = {}): PropertyTree {
  const trees = Object.entries(spaces).map(([name, values]) => [utf8(name), space(values)] as const);
  const parts = {
    filter_metadata: () => valueMap(Object.fromEntries(trees)),
    typed_filter_metadata: () => textMap([]),
  };
  return fields(parts, () => encoded(spaces));
}

function space(values: Metadata[string]): PropertyTree {
  const shown = Object.entries(values).map(([name, value]) => {
    return [utf8(name), typeof value === "string" ? utf8(value) : value] as const;
  });
  return valueMap(Object.fromEntries(shown));
}

function encoded(spaces: Metadata): Uint8Array {
  const entries = Object.entries(spaces).map(([name, values]) => {
    const { StructSchema } = wellKnown();
    const struct = protobuf().toBinary(StructSchema, protobuf().fromJson(StructSchema, values));
    return [
      1,
      encodeMessage([
        [1, Buffer.from(name)],
        [2, struct],
      ]),
    ] as const;
  });
  return encodeMessage(entries);
}

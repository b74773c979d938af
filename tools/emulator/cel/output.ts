import type { CelValue } from "@bufbuild/cel";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { encodePairs } from "../abi/pairs.js";
import { fromBytes, utf8 } from "../bytes.js";
import { serialise, Time } from "../properties/tree.js";
import type { Header } from "../types.js";
import { treeBehind } from "./input.js";
import { cel, protobuf } from "./library.js";

const nanosecondsInSecond = 1_000_000_000n;
const timeKinds = new Map<string, Time["kind"]>([
  ["google.protobuf.Timestamp", "timestamp"],
  ["google.protobuf.Duration", "duration"],
]);

/** A value as a property of the same type is handed over; null: it has no form for guests. */
export function output(value: CelValue): Uint8Array | null {
  const { isCelList, isCelMap, isCelType, isCelUint } = cel();
  if (value === null || isCelType(value)) return null;
  if (typeof value === "string") return serialise(utf8(value));
  if (typeof value !== "object" || value instanceof Uint8Array) return serialise(value);
  if (isCelUint(value)) return serialise(value.value);
  const tree = treeBehind(value);
  if (tree) return serialise(tree);
  if (isCelList(value)) return pairs([...value].map((item) => [item, ""]));
  if (isCelMap(value)) return pairs([...value]);
  return message(value);
}

function pairs(values: readonly (readonly [CelValue, CelValue])[]): Uint8Array | null {
  const both = values.map(([name, value]) => [output(name), output(value)]);
  if (both.flat().includes(null)) return null;
  return encodePairs(both.map(([name, value]): Header => [fromBytes(name!), fromBytes(value!)]));
}

function message({ desc, message: content }: ReflectMessage): Uint8Array | null {
  const time = timeKinds.get(desc.typeName);
  if (!time) return protobuf().toBinary(desc, content);
  const { seconds, nanos } = content as unknown as { seconds: bigint; nanos: number };
  return serialise(new Time(time, seconds * nanosecondsInSecond + BigInt(nanos)));
}

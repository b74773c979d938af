import { BytesBuilder } from "../../abi/builder";
import { Bytes } from "../../abi/bytes";
import { percentDecoded, percentEncoded } from "../../http/percent";
import { areEqual } from "../field-value";

/** A path whose query has no parameter of this name but, if `sets`, one with this value. The others stay as they are. */
export function withParameter(path: Bytes, name: Bytes, value: Bytes, sets: bool): Bytes {
  const mark = path.indexOf(0x3f);
  const end = mark < 0 ? path.length : mark;
  const result = BytesBuilder.begin().add(path.slice(0, end));
  let joint = "?";
  for (let from = end + 1; from < path.length; ) {
    const and = path.indexOf(0x26, from);
    const part = path.slice(from, and < 0 ? path.length : and);
    const equals = part.indexOf(0x3d);
    from += part.length + 1;
    if (areEqual(percentDecoded(part.slice(0, equals < 0 ? part.length : equals)), name)) continue;
    result.addText(joint).add(part);
    joint = "&";
  }
  if (!sets) return result.bytes;
  return result.addText(joint).add(percentEncoded(name)).addText("=").add(percentEncoded(value)).bytes;
}

import { BytesBuilder } from "../../abi/builder";
import { Bytes } from "../../abi/bytes";
import { getProperty } from "../../host/properties";
import { Headers } from "../../http/headers";
import { HeaderCursor } from "../../http/cursor";
import { areEqual } from "../field-value";

// What authorities are told of a request, as bytes; nothing where there is none.

/** A property of the stream, by its encoded path. */
export function property(path: usize): Bytes {
  return given(getProperty(path));
}

export function given(bytes: Bytes | null): Bytes {
  return bytes === null ? Bytes.view(0, 0) : bytes;
}

/** What headers say. */
export class Said {
  /** A header that stands there once, or the first of several. */
  @inline
  static first(headers: Headers, name: string): Bytes {
    return given(headers.getBytes(name));
  }
}

/** `10.0.0.1` of `10.0.0.1:80`, `::1` of `[::1]:80`; what has no port stays as it is. */
export function hostOf(address: Bytes): Bytes {
  let end = address.length;
  while (end > 0 && address.at(end - 1) != 0x3a) --end;
  if (end == 0) return address;
  return address.at(0) == 0x5b ? address.slice(1, end - 2) : address.slice(0, end - 1);
}

/** Who shows a certificate, `one` or `other` being encoded paths of properties. */
export function principal(one: usize, other: usize): Bytes {
  const name = property(one);
  return name.length > 0 ? name : property(other);
}

/** The values of all lines of the field at the cursor, with commas; null where an earlier line stands for all of them. */
export function wholeValue(headers: Headers, line: HeaderCursor): Bytes | null {
  const lines = headers.entries();
  let whole: Bytes | null = null;
  while (lines.next()) {
    if (!areEqual(lines.nameBytes, line.nameBytes)) continue;
    if (whole !== null) whole = BytesBuilder.begin().add(whole).addText(",").add(lines.valueBytes).bytes;
    else if (lines.nameBytes.pointer != line.nameBytes.pointer) return null;
    else whole = lines.valueBytes;
  }
  return whole;
}

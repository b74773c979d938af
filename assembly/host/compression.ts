import { Bytes } from "../abi/bytes";
import { Urgency, put, putNumber, write } from "../abi/line";
import { utf8 } from "../abi/wire";
import * as foreign from "./foreign";

/** Packs bytes in zlib's format, in the host; valid until the callback returns. Null where the host cannot: the log says so. */
export function compress(bytes: Bytes): Bytes | null {
  const packed = foreign.callEncoded(utf8("compress"), bytes);
  if (packed !== null) return packed;
  put(utf8("compress: the host refused, status "));
  putNumber(foreign.status);
  write(Urgency.Error);
  return null;
}

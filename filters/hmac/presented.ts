import { Bytes, TextCursor } from "meshscript/assembly";

const AND: u8 = 0x26;
const EQUALS: u8 = 0x3d;
const QUESTION: u8 = 0x3f;

/** What a request says to prove who sent it. */
export class Presented {
  keyId: Bytes | null = null;
  algorithm: Bytes | null = null;
  /** Names of what was signed, each parted from the next by a blank. */
  names: Bytes | null = null;
  signature: Bytes | null = null;
  /** A presigned URL: what of the path was signed, and until when it is good. */
  signedPath: Bytes | null = null;
  expires: Bytes | null = null;

  get isWhole(): bool {
    return this.keyId !== null && this.algorithm !== null && this.names !== null && this.signature !== null;
  }

  /** Takes a parameter; false where it is unknown or was there already. */
  put(name: Bytes, value: Bytes): bool {
    if (name.equals("keyId") && this.keyId === null) this.keyId = value;
    else if (name.equals("algorithm") && this.algorithm === null) this.algorithm = value;
    else if (name.equals("headers") && this.names === null) this.names = value;
    else if (name.equals("signature") && this.signature === null) this.signature = value;
    else return false;
    return true;
  }
}

/** Whether a header value is of the scheme `Signature`, whose name may be written in any case. */
export function isSignature(value: Bytes): bool {
  if (value.length < 10 || value.at(9) != 0x20) return false;
  const scheme = Bytes.ofText("signature");
  for (let i = 0; i < 9; ++i) if ((value.at(i) | 0x20) != scheme.at(i)) return false;
  return true;
}

/** Reads `Signature keyId="…",algorithm="…",headers="…",signature="…"`; null where it is anything else. */
export function inHeader(value: Bytes): Presented | null {
  const presented = new Presented();
  const cursor = TextCursor.over(value.slice(10));
  do {
    const name = cursor.name();
    const text = cursor.take(0x3d) && cursor.take(0x22) ? cursor.upTo(0x22) : null;
    if (text === null || !presented.put(name, text)) return null;
  } while (cursor.comma());
  return cursor.isOver && presented.isWhole ? presented : null;
}

/** Where the proof at the end of a presigned URL begins, with the byte in front of it; -1 where there is none. */
export function proofStart(path: Bytes): i32 {
  let isQuery = false;
  for (let i = 0; i < path.length; ++i) {
    const byte = path.at(i);
    isQuery = isQuery || byte == QUESTION;
    if (isQuery && (byte == AND || byte == QUESTION) && path.slice(i + 1).startsWith("hmac_key_id="))
      return i;
  }
  return -1;
}

/**
 * Reads the proof `hmac_key_id=…&hmac_algorithm=…&hmac_expires=…&hmac_signature=…`. All in front of its last parameter is
 * signed. Null where it is not these four, in this order and with nothing behind them.
 */
export function inPath(path: Bytes, start: i32, names: Bytes): Presented | null {
  const presented = new Presented();
  const cursor = TextCursor.over(path.slice(start + 1));
  presented.keyId = parameterAt(cursor, "hmac_key_id");
  presented.algorithm = parameterAt(cursor, "hmac_algorithm");
  presented.expires = parameterAt(cursor, "hmac_expires");
  presented.signedPath = path.slice(0, <i32>(cursor.place - path.pointer) - 1);
  presented.signature = cursor.name().equals("hmac_signature") && cursor.take(EQUALS) ? cursor.rest() : null;
  presented.names = names;
  return presented.isWhole && presented.expires !== null ? presented : null;
}

function parameterAt(cursor: TextCursor, name: string): Bytes | null {
  return cursor.name().equals(name) && cursor.take(EQUALS) ? cursor.upTo(AND) : null;
}

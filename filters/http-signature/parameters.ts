import { Bytes, TextCursor, secondsIn } from "meshscript/assembly";
import { readKey } from "./structured";

/** The parameters of a signature (RFC 9421, section 2.3), read from their only form. */
export class Parameters {
  /** Seconds since the Unix epoch, 0 where it does not say. */
  created: u64 = 0;
  expires: u64 = 0;
  nonce: Bytes | null = null;
  alg: Bytes | null = null;
  keyid: Bytes | null = null;
  tag: Bytes | null = null;

  /** Whether these are all that follow, each of its kind and there once. */
  read(cursor: TextCursor): bool {
    while (cursor.take(0x3b)) {
      const key = readKey(cursor);
      if (key === null || !cursor.take(0x3d) || !this.put(key, valueAt(cursor))) return false;
    }
    return cursor.isOver;
  }

  /** Whether there is a parameter of this name. */
  static knows(name: string): bool {
    const value = name == "created" || name == "expires" ? "1" : '""';
    return new Parameters().put(Bytes.ofText(name), Bytes.ofText(value));
  }

  /** Whether a parameter of this name, which is known, is there. */
  has(name: string): bool {
    if (name == "created") return this.created > 0;
    if (name == "expires") return this.expires > 0;
    if (name == "nonce") return this.nonce !== null;
    if (name == "alg") return this.alg !== null;
    return name == "tag" ? this.tag !== null : this.keyid !== null;
  }

  private put(key: Bytes, value: Bytes): bool {
    const isText = value.length > 1 && value.at(0) == 0x22;
    const text = isText ? value.slice(1, value.length - 1) : null;
    if (key.equals("created") && this.created == 0) return (this.created = secondsIn(value)) > 0;
    if (key.equals("expires") && this.expires == 0) return (this.expires = secondsIn(value)) > 0;
    if (key.equals("nonce") && this.nonce === null) this.nonce = text;
    else if (key.equals("alg") && this.alg === null) this.alg = text;
    else if (key.equals("keyid") && this.keyid === null) this.keyid = text;
    else if (key.equals("tag") && this.tag === null) this.tag = text;
    else return false;
    return isText;
  }
}

/** A value up to the next parameter; what stands in quotes may hold a semicolon. */
function valueAt(cursor: TextCursor): Bytes {
  const start = cursor.place;
  let isQuoted = false;
  while (!cursor.isOver && (isQuoted || cursor.here != 0x3b)) {
    const byte = cursor.next();
    if (byte == 0x22) isQuoted = !isQuoted;
    if (byte == 0x5c) cursor.next();
  }
  return cursor.since(start);
}

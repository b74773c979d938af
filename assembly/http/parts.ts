import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { percentDecoded } from "./percent";

// Names and values in one line of bytes: `a=1&b=2` of a query, `a=1; b=2` of a cookie field.

/** Parts the cookies of a line. */
export const SEMICOLON: u8 = 0x3b;

/** Walks over the parts between separators: `while (walk.next()) … walk.part`. */
@unmanaged
export class PartWalk {
  private line: Bytes;
  private separator: u8;
  private from: i32;
  /** The part as it is written. */
  whole: Bytes;
  /** The part, blanks around it left out. */
  part: Bytes;

  static over(line: Bytes, separator: u8): PartWalk {
    const walk = changetype<PartWalk>(take(offsetof<PartWalk>()));
    walk.line = line;
    walk.separator = separator;
    walk.from = 0;
    return walk;
  }

  next(): bool {
    if (this.from > this.line.length) return false;
    const found = this.line.indexOf(this.separator, this.from);
    const end = found < 0 ? this.line.length : found;
    this.whole = this.line.slice(this.from, end);
    this.part = trimmed(this.whole);
    this.from = end + 1;
    return true;
  }

  /** Whether the part has this name. Those of a query may be written in percent escapes. */
  isNamed(name: string): bool {
    const own = this.part.slice(0, this.equals);
    return (this.separator == SEMICOLON ? own : percentDecoded(own)).equals(name);
  }

  /** The name, without its percent escapes. */
  get name(): Bytes {
    return percentDecoded(this.part.slice(0, this.equals));
  }

  /** What stands behind the equals sign; empty where there is none. */
  get value(): Bytes {
    return this.part.slice(this.equals + 1);
  }

  private get equals(): i32 {
    const at = this.part.indexOf(0x3d);
    return at < 0 ? this.part.length : at;
  }
}

function trimmed(bytes: Bytes): Bytes {
  let from = 0;
  let end = bytes.length;
  while (from < end && bytes.at(from) == 0x20) ++from;
  while (end > from && bytes.at(end - 1) == 0x20) --end;
  return bytes.slice(from, end);
}

/** How many parts of a line have this name. */
export function countNamed(line: Bytes, separator: u8, name: string): i32 {
  let found = 0;
  const walk = PartWalk.over(line, separator);
  while (walk.next()) if (walk.part.length > 0 && walk.isNamed(name)) ++found;
  return found;
}

/** Value of the first part with this name, null where there is none. */
export function valueNamed(line: Bytes, separator: u8, name: string): Bytes | null {
  const walk = PartWalk.over(line, separator);
  while (walk.next()) if (walk.part.length > 0 && walk.isNamed(name)) return walk.value;
  return null;
}

/** The line without the parts of this name; the others stay as they are, but for blanks at the line's ends. */
export function withoutNamed(line: Bytes, separator: u8, name: string): Bytes {
  const start = take(line.length);
  let to = start;
  let kept = 0;
  const walk = PartWalk.over(line, separator);
  while (walk.next()) {
    if (walk.isNamed(name)) continue;
    if (kept++ > 0) store<u8>(to++, separator);
    memory.copy(to, walk.whole.pointer, walk.whole.length);
    to += walk.whole.length;
  }
  return trimmed(Bytes.view(start, to - start));
}

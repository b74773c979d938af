import { MapType } from "../abi/enums";
import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { Headers } from "./headers";
import { countNamed, valueNamed, withoutNamed } from "./parts";
import { percentDecoded } from "./percent";

const AND: u8 = 0x26;
const QUESTION: u8 = 0x3f;
const HASH: u8 = 0x23;

/** The query parameters of a request, in `onRequest`. Names and values are compared and returned percent-decoded. */
@unmanaged
export class Query {
  /** How many parameters have this name. */
  count(name: string): i32 {
    const query = queryOf(path());
    return query === null ? 0 : countNamed(query, AND, name);
  }

  /** Value of the first parameter with this name, null where there is none. */
  get(name: string): string | null {
    const value = this.getBytes(name);
    return value === null ? null : value.toString();
  }

  /** `get` as bytes, valid until the callback returns. */
  getBytes(name: string): Bytes | null {
    const query = queryOf(path());
    if (query === null) return null;
    const value = valueNamed(query, AND, name);
    return value === null ? value : percentDecoded(value);
  }

  /** Removes each parameter with this name from the path; all else in it stays as it is. */
  remove(name: string): void {
    const whole = path();
    const query = queryOf(whole);
    if (query === null || countNamed(query, AND, name) == 0) return;
    const rest = withoutNamed(query, AND, name);
    const start = whole.indexOf(QUESTION);
    headers().setBytes(
      ":path",
      joined(whole, rest.length == 0 ? start : start + 1, rest, start + 1 + query.length),
    );
  }
}

function headers(): Headers {
  return changetype<Headers>(MapType.RequestHeaders);
}

function path(): Bytes {
  const bytes = headers().getBytes(":path");
  return bytes === null ? Bytes.ofText("") : bytes;
}

function queryOf(path: Bytes): Bytes | null {
  const start = path.indexOf(QUESTION);
  if (start < 0) return null;
  const end = path.indexOf(HASH, start);
  return path.slice(start + 1, end < 0 ? path.length : end);
}

/** `whole` up to `start`, then `middle`, then `whole` from `end` on. */
function joined(whole: Bytes, start: i32, middle: Bytes, end: i32): Bytes {
  const to = take(whole.length + middle.length);
  memory.copy(to, whole.pointer, start);
  memory.copy(to + start, middle.pointer, middle.length);
  memory.copy(to + start + middle.length, whole.pointer + end, whole.length - end);
  return Bytes.view(to, start + middle.length + whole.length - end);
}

import { MapType } from "../abi/enums";
import { Bytes } from "../abi/bytes";
import { Headers } from "./headers";
import { SEMICOLON, countNamed, valueNamed, withoutNamed } from "./parts";

const QUOTE: u8 = 0x22;

/** The cookies of a request (RFC 6265, section 4.2), in `onRequest`, over all its cookie lines. */
@unmanaged
export class Cookies {
  /** How many cookies have this name. */
  count(name: string): i32 {
    let found = 0;
    const lines = headers().entries();
    while (lines.next()) if (lines.isNamed("cookie")) found += countNamed(lines.valueBytes, SEMICOLON, name);
    return found;
  }

  /** Value of the first cookie with this name, without quotes around it; null where there is none. */
  get(name: string): string | null {
    const value = this.getBytes(name);
    return value === null ? null : value.toString();
  }

  /** `get` as bytes, valid until the callback returns. */
  getBytes(name: string): Bytes | null {
    const lines = headers().entries();
    while (lines.next()) {
      if (!lines.isNamed("cookie")) continue;
      const value = valueNamed(lines.valueBytes, SEMICOLON, name);
      if (value !== null) return unquoted(value);
    }
    return null;
  }

  /** Removes each cookie with this name; the others stay. */
  remove(name: string): void {
    if (this.count(name) == 0) return;
    const lines = headers().entries();
    headers().remove("cookie");
    while (lines.next()) {
      if (!lines.isNamed("cookie")) continue;
      const rest = withoutNamed(lines.valueBytes, SEMICOLON, name);
      if (rest.length > 0) headers().addBytes("cookie", rest);
    }
  }
}

function headers(): Headers {
  return changetype<Headers>(MapType.RequestHeaders);
}

function unquoted(value: Bytes): Bytes {
  const last = value.length - 1;
  return last > 0 && value.at(0) == QUOTE && value.at(last) == QUOTE ? value.slice(1, last) : value;
}

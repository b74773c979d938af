import { Bytes } from "../../abi/bytes";
import { isHeaderName, isHeaderValue, utf8 } from "../../abi/wire";
import { flag, integer, list, text } from "../../config/reader";
import { problem } from "../../config/scope";
import { StringMatch } from "../string-match";

/** Names of headers, by any of several patterns. They are compared in lower case, as headers travel. */
export class HeaderNames {
  /** What a name has to be or hold. */
  patterns: StringMatch[] = list<StringMatch>(utf8("patterns"), false);

  constructor() {
    // One that waits for capitals would never match, and so hold nothing back.
    for (let i = 0; i < this.patterns.length; ++i) this.patterns[i].ignore_case = true;
  }

  get isEmpty(): bool {
    return this.patterns.length == 0;
  }

  hold(name: Bytes): bool {
    for (let i = 0; i < this.patterns.length; ++i) if (this.patterns[i].matches(name)) return true;
    return false;
  }
}

/** A name with its value. */
export class NamedValue {
  /** The name. */
  key: string = text(utf8("key"));
  /** The value. */
  value: string = text(utf8("value"));
}

/** Lists items that no header can be. */
export function checkHeaders(key: usize, values: NamedValue[]): void {
  for (let i = 0; i < values.length; ++i) {
    const sound = isHeaderName(values[i].key) && values[i].key.charCodeAt(0) != 0x3a;
    if (!sound || !isHeaderValue(values[i].value)) problem(key, i, utf8("is no header"));
  }
}

/** What an authority sees of bodies. */
export class RequestBody {
  /** Most bytes of a body. A request with more is answered 413, unless `allow_partial_message` is set. */
  max_request_bytes: i64 = integer(utf8("max_request_bytes"), i64.MIN_VALUE, 1, 1_048_576);
  /** Whether the beginning of a longer body will do. */
  allow_partial_message: bool = flag(utf8("allow_partial_message"));
  /** With `grpc_service`: whether the body is sent as bytes (`raw_body`) and not as text (`body`). */
  pack_as_bytes: bool = flag(utf8("pack_as_bytes"));
}

/** What clients get where there is no answer. */
export class ErrorStatus {
  /** Status code, from 400 to 599. */
  code: i64 = integer(utf8("code"), 403, 400, 599);
}

/** Milliseconds that a duration such as `0.25s` says; one that says nothing, or more than `most` seconds, is a problem. */
export function milliseconds(key: usize, duration: string, most: u32): u32 {
  const text = Bytes.ofText(duration);
  const last = text.length - 1;
  let sound = last > 0 && last < 9 && text.at(last) == 0x73;
  let value: u32 = 0;
  // What the digits so far have to be multiplied by; 0 while no dot was met.
  let unit: u32 = 0;
  for (let i = 0; sound && i < last; ++i) {
    const byte: u32 = text.at(i);
    if (byte == 0x2e && unit == 0) unit = 1000;
    else if (byte - 0x30 < 10 && unit != 1) {
      value = value * 10 + byte - 0x30;
      unit /= 10;
    } else sound = false;
  }
  value *= unit == 0 ? 1000 : unit;
  if (!sound || value == 0 || value > most * 1000)
    problem(key, -1, utf8("is no duration that fits, such as 0.25s"));
  return value;
}

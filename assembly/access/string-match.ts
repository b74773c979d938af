import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { flag, has, text } from "../config/reader";
import { problem } from "../config/scope";

enum Kind {
  None,
  Exact,
  Prefix,
  Suffix,
  Contains,
}

/**
 * What a text has to be or hold: exactly one of the four is set. Names and meaning are those of Envoy's `StringMatcher`:
 * bytes are compared; an empty `exact` matches the empty text and nothing else; the other three must not be empty, for
 * they would match everything. There are no regular expressions.
 */
export class StringMatch {
  /** The whole text. */
  exact: string = text(utf8("exact"), "");
  /** What it begins with. */
  prefix: string = text(utf8("prefix"), "");
  /** What it ends with. */
  suffix: string = text(utf8("suffix"), "");
  /** What stands in it somewhere. */
  contains: string = text(utf8("contains"), "");
  /** Whether letters of both cases (ASCII) are the same. */
  ignore_case: bool = flag(utf8("ignore_case"));

  private kind: Kind = Kind.None;
  private wanted: Uint8Array = new Uint8Array(0);

  constructor() {
    this.take(Kind.Exact, utf8("exact"), this.exact);
    this.take(Kind.Prefix, utf8("prefix"), this.prefix);
    this.take(Kind.Suffix, utf8("suffix"), this.suffix);
    this.take(Kind.Contains, utf8("contains"), this.contains);
    if (has(utf8("safe_regex")))
      problem(utf8("safe_regex"), -1, utf8("is not offered: say it with exact, prefix, suffix or contains"));
    else if (this.kind == Kind.None)
      problem(utf8(""), -1, utf8("expected one of exact, prefix, suffix, contains"));
  }

  /** Whether this is the one text that matches, whatever `ignore_case` says. For checks of a configuration. */
  isOnly(text: string): bool {
    return this.kind == Kind.Exact && this.exact == text;
  }

  /** Allocates nothing. */
  matches(value: Bytes): bool {
    const spare = value.length - this.wanted.length;
    if (spare < 0) return false;
    if (this.kind == Kind.Exact) return spare == 0 && this.standsAt(value.pointer);
    if (this.kind == Kind.Prefix) return this.standsAt(value.pointer);
    if (this.kind == Kind.Suffix) return this.standsAt(value.pointer + spare);
    if (this.kind == Kind.None) return false;
    for (let at = value.pointer, last = at + spare; at <= last; ++at) if (this.standsAt(at)) return true;
    return false;
  }

  private take(kind: Kind, name: usize, value: string): void {
    if (!has(name)) return;
    if (this.kind != Kind.None)
      problem(utf8(""), -1, utf8("expected only one of exact, prefix, suffix, contains"));
    if (kind != Kind.Exact && value == "") problem(name, -1, utf8("must not be empty"));
    this.kind = kind;
    this.wanted = Bytes.ofText(value).toArray();
  }

  private standsAt(address: usize): bool {
    for (let i = 0, n = this.wanted.length; i < n; ++i) {
      const wanted = <u32>unchecked(this.wanted[i]);
      const given = <u32>load<u8>(address + i);
      if (wanted != given && !(this.ignore_case && lower(wanted) == lower(given))) return false;
    }
    return true;
  }
}

function lower(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte;
}

import { Bytes } from "../abi/bytes";
import { sameBytes } from "../abi/compare";
import { utf8 } from "../abi/wire";
import { flag, text } from "../config/reader";
import { problem } from "../config/scope";
import { isNormalPath } from "./path";

const SLASH: u32 = 0x2f;

enum Kind {
  Any,
  Path,
  Prefix,
  SeparatedPrefix,
}

/** A path as `normalPath` spells it; at most one of the three is set. The names are those of Envoy's `RouteMatch`. */
export class PathMatch {
  /** The whole path, without query. */
  path: string = text(utf8("path"), "");
  /** What the path begins with. */
  prefix: string = text(utf8("prefix"), "");
  /** The whole path, or what it begins with up to a slash: `/api` is `/api` and `/api/v1`, and not `/apis`. */
  path_separated_prefix: string = text(utf8("path_separated_prefix"), "");
  /** Whether letters of both cases (ASCII) are different. */
  case_sensitive: bool = flag(utf8("case_sensitive"), true);

  private kind: Kind = Kind.Any;
  private wanted: Uint8Array = new Uint8Array(0);

  constructor() {
    this.take(Kind.Path, utf8("path"), this.path);
    this.take(Kind.Prefix, utf8("prefix"), this.prefix);
    this.take(Kind.SeparatedPrefix, utf8("path_separated_prefix"), this.path_separated_prefix);
  }

  /** Whether there is anything that a path has to be. */
  get isGiven(): bool {
    return this.kind != Kind.Any;
  }

  /** `path` is what `normalPath` returned. Allocates nothing. */
  matchesPath(path: Bytes): bool {
    if (this.kind == Kind.Any) return true;
    const spare = path.length - this.wanted.length;
    if (spare < 0 || (spare > 0 && this.kind == Kind.Path)) return false;
    if (spare > 0 && this.kind == Kind.SeparatedPrefix && path.at(this.wanted.length) != SLASH) return false;
    if (this.case_sensitive) return sameBytes(path.pointer, this.wanted.dataStart, this.wanted.length);
    return sameLetters(path.pointer, this.wanted.dataStart, this.wanted.length);
  }

  private take(kind: Kind, setting: usize, value: string): void {
    if (value == "") return;
    if (this.kind != Kind.Any)
      problem(utf8(""), -1, utf8("expected at most one of path, prefix, path_separated_prefix"));
    const bytes = Bytes.ofText(value);
    this.kind = kind;
    this.wanted = bytes.toArray();
    if (!isNormalPath(bytes)) problem(setting, -1, utf8("is no path in normal form"));
    else if (kind == Kind.SeparatedPrefix && bytes.at(bytes.length - 1) == SLASH)
      problem(setting, -1, utf8("must not end in a slash"));
  }
}

function sameLetters(one: usize, other: usize, size: usize): bool {
  for (let i: usize = 0; i < size; ++i)
    if (lower(load<u8>(one + i)) != lower(load<u8>(other + i))) return false;
  return true;
}

function lower(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte;
}

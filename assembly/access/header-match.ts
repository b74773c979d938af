import { Bytes } from "../abi/bytes";
import { isEncoded } from "../abi/compare";
import { nameOf, sizeOf, utf8 } from "../abi/wire";
import { flag, has, optionalGroup, text } from "../config/reader";
import { problem } from "../config/scope";
import { Request } from "../http/message";
import { StringMatch } from "./string-match";

/** How many of a header's lines are as they have to be. */
export enum Fit {
  None,
  Some,
  All,
}

/** What a header has to be. Without `string_match` and `present_match` it has to be there. As Envoy's `HeaderMatcher`. */
export class HeaderMatch {
  /** Name of the header. */
  name: string = text(utf8("name"));
  /** What its value has to be. Of several lines one is enough. */
  string_match: StringMatch | null = optionalGroup<StringMatch>(utf8("string_match"));
  /** Whether it has to be there, with whatever value; false: it has to be absent. */
  present_match: bool = flag(utf8("present_match"), true);
  /** Whether the opposite fits. An absent header has no value that could be another one: it fits neither way. */
  invert_match: bool = flag(utf8("invert_match"));
  /** Whether an absent header counts as an empty one. */
  treat_missing_header_as_empty: bool = flag(utf8("treat_missing_header_as_empty"));

  constructor() {
    const name = nameOf(this.name);
    if (name == 0) problem(utf8("name"), -1, utf8("is no name of a header"));
    else if (isEncoded(name, sizeOf(name), utf8(":path")))
      problem(utf8("name"), -1, utf8("one path has many spellings: use a path match"));
    // The proxy has turned it into this one.
    else if (isEncoded(name, sizeOf(name), utf8("host"))) this.name = ":authority";
    if (this.string_match !== null && has(utf8("present_match")))
      problem(utf8(""), -1, utf8("expected only one of string_match, present_match"));
  }

  /** Whether a line of the header fits, or its absence. In `onRequest`; allocates nothing. */
  matches(request: Request): bool {
    return this.fit(request) != Fit.None;
  }

  /** As `matches`, for those to whom lines that contradict each other say nothing. */
  fit(request: Request): Fit {
    const lines = request.headers.entries();
    let fits = 0;
    let others = 0;
    while (lines.next()) {
      if (!lines.isNamed(this.name)) continue;
      if (this.admits(lines.valueBytes)) ++fits;
      else ++others;
    }
    if (fits + others == 0 && this.admitsAbsence()) ++fits;
    if (fits == 0) return Fit.None;
    return others == 0 ? Fit.All : Fit.Some;
  }

  private admits(value: Bytes): bool {
    const wanted = this.string_match;
    return (wanted === null ? this.present_match : wanted.matches(value)) != this.invert_match;
  }

  private admitsAbsence(): bool {
    if (this.treat_missing_header_as_empty) return this.admits(Bytes.view(0, 0));
    return this.string_match === null && this.present_match == this.invert_match;
  }
}

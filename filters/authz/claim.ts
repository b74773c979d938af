import { Bytes, Json, StringMatch, config } from "meshscript/assembly";
import { Truth, truthOf } from "./truth";

const BLANK: u8 = 0x20;

/** What a claim of the verified token has to be. */
export class ClaimMatch {
  /** Names of members, from the outside in: `[realm_access, roles]`. */
  path: string[] = config.texts("path");
  /** What it has to be. Of a list one item is enough; numbers and flags count as they are written. */
  string_match: StringMatch = config.group<StringMatch>("string_match");
  /** Whether a text is a list of words with blanks between them, as `scope` is. */
  words: bool = config.flag("words");

  constructor() {
    if (this.path.length == 0) config.problem("path", "must not be empty");
  }

  /** Without a verified token nothing is known of its claims; in one, an absent claim is none of any value. */
  truth(claims: Json | null): Truth {
    if (claims === null) return Truth.Unknown;
    const claim = this.findIn(claims);
    return truthOf(claim !== null && this.fits(claim));
  }

  private findIn(claims: Json): Json | null {
    let claim: Json | null = claims;
    for (let i = 0; i < this.path.length && claim !== null; ++i) claim = claim.get(unchecked(this.path[i]));
    return claim;
  }

  private fits(claim: Json): bool {
    if (!claim.isList) return this.fitsItem(claim);
    let item = claim.first;
    while (item !== null) {
      if (this.fitsItem(item)) return true;
      item = item.next;
    }
    return false;
  }

  private fitsItem(item: Json): bool {
    if (item.isList || item.isObject || item.isNull) return false;
    const text = item.bytes;
    return this.words && item.isText ? this.fitsWord(text) : this.string_match.matches(text);
  }

  private fitsWord(text: Bytes): bool {
    let start = 0;
    while (start <= text.length) {
      const blank = text.indexOf(BLANK, start);
      const end = blank < 0 ? text.length : blank;
      if (end > start && this.string_match.matches(text.slice(start, end))) return true;
      start = end + 1;
    }
    return false;
  }
}

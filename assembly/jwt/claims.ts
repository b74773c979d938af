import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { Json } from "../config/json";
import { MEMBERS_MAX, memberName, memberValue, members } from "../config/check";
import { firstIn, nextAfter, skipText, unescape } from "../config/values";
import { BAD_DATE, NO_DATE, dateAt } from "./date";
import { TokenFault } from "./fault";

/** The claims of a token's payload, in the arena: valid until the callback returns. */
@unmanaged
export class Claims {
  /** The object that holds all claims. */
  object: Json;
  private text: usize;
  private size: usize;
  private iss: usize;
  private sub: usize;
  private aud: usize;
  /** `exp`, `nbf` and `iat` in seconds since 1970, a fraction dropped; `NO_DATE` where absent. */
  expires: i64;
  notBefore: i64;
  issued: i64;

  get issuer(): Json | null {
    return changetype<Json | null>(this.iss);
  }

  get subject(): Json | null {
    return changetype<Json | null>(this.sub);
  }

  /** A text or a list. */
  get audience(): Json | null {
    return changetype<Json | null>(this.aud);
  }

  /** A claim by its name, the first of several; null where there is none. */
  get(name: string): Json | null {
    return this.object.get(name);
  }

  /** The whole payload, decoded. */
  get json(): Bytes {
    return Bytes.view(this.text, this.size);
  }

  /** Whether `aud` is this text, or a list that holds it. */
  isFor(audience: string): bool {
    if (this.aud == 0) return false;
    const aud = changetype<Json>(this.aud);
    if (!aud.isList) return aud.equals(audience);
    let item = aud.first;
    while (item !== null) {
      if (item.equals(audience)) return true;
      item = item.next;
    }
    return false;
  }

  /**
   * Whether the token holds at a moment in seconds since 1970: before `exp`, not before `nbf`, and not issued later. Claims
   * that are absent ask for nothing. Clocks may differ by `skew` seconds.
   */
  timeFault(now: i64, skew: i64): TokenFault {
    if (this.expires != NO_DATE && now >= this.expires + skew) return TokenFault.Expired;
    if (this.notBefore > now + skew) return TokenFault.TooEarly;
    return this.issued > now + skew ? TokenFault.FromTheFuture : TokenFault.None;
  }

  begin(object: usize, text: usize, size: usize): void {
    this.object = changetype<Json>(object);
    this.text = text;
    this.size = size;
    this.iss = this.sub = this.aud = 0;
    this.expires = this.notBefore = this.issued = NO_DATE;
  }

  /** Takes a member over if it is a registered claim. False: it is there twice, or of a kind that it may not be of. */
  take(name: usize, value: usize): bool {
    const letters = threeLetters(name);
    if (letters == 0x707865) return this.date(offsetof<Claims>("expires"), value);
    if (letters == 0x66626e) return this.date(offsetof<Claims>("notBefore"), value);
    if (letters == 0x746169) return this.date(offsetof<Claims>("issued"), value);
    if (letters == 0x737369) return isText(value) && this.once(offsetof<Claims>("iss"), value);
    if (letters == 0x627573) return isText(value) && this.once(offsetof<Claims>("sub"), value);
    if (letters == 0x69746a) return isText(value);
    return letters == 0x647561 ? areTexts(value) && this.once(offsetof<Claims>("aud"), value) : true;
  }

  private date(field: usize, value: usize): bool {
    const at = changetype<usize>(this) + field;
    if (load<i64>(at) != NO_DATE) return false;
    store<i64>(at, dateAt(value));
    return load<i64>(at) != BAD_DATE;
  }

  private once(field: usize, value: usize): bool {
    const at = changetype<usize>(this) + field;
    const isFirst = load<usize>(at) == 0;
    store<usize>(at, value);
    return isFirst;
  }
}

/**
 * The claims of the object that was checked last; a null address where what they say is not clear: one that is registered is
 * there twice, a date is none, or there are more than `MEMBERS_MAX`.
 */
export function claimsOf(object: usize, text: usize, size: usize): Claims {
  const claims = changetype<Claims>(take(offsetof<Claims>()));
  claims.begin(object, text, size);
  if (members > MEMBERS_MAX) return changetype<Claims>(0);
  for (let i = 0; i < members; ++i)
    if (!claims.take(memberName(i), memberValue(i))) return changetype<Claims>(0);
  return claims;
}

function isText(value: usize): bool {
  return load<u8>(value) == 0x22;
}

/** Whether it is a text or a list of nothing else (RFC 7519, section 4.1.3). */
function areTexts(value: usize): bool {
  if (load<u8>(value) != 0x5b) return isText(value);
  for (let item = firstIn(value); item != 0; item = nextAfter(item)) if (!isText(item)) return false;
  return true;
}

/** A name of three letters as a number, first letter lowest, however it is written; no name of another length is one of ours. */
function threeLetters(name: usize): u32 {
  const letters = load<u32>(name, 1) & 0xffffff;
  if (load<u8>(name, 4) == 0x22) return letters;
  // Written with escapes it has a backslash in front of one of the three.
  if ((letters & 0xff) != 0x5c && ((letters >> 8) & 0xff) != 0x5c && letters >> 16 != 0x5c) return 0;
  const size = skipText(name) - name - 2;
  const plain = take(size);
  return unescape(name, plain) - plain == 3 ? load<u32>(plain) & 0xffffff : 0;
}

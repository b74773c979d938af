import { equalInConstantTime } from "../crypto/equal";
import { SHA256_SIZE, sha256 } from "../crypto/sha256";
import { Bytes } from "../abi/bytes";
import { TokenFault } from "./fault";
import { JoseHeader } from "./header";
import { VerificationKey } from "./key";
import { noteUse } from "./tables";

/** Keys that are asked for one token at most: it need not name one, and each may take long. */
export const TRIES_MAX: i32 = 8;

const DIGEST = memory.data(32, 8);
let generations: u32 = 0;

/** The keys of a set, and why others are not among them. */
export class KeySet {
  readonly keys: VerificationKey[] = [];
  /** For each key that was refused, its place and the reason: `keys[2]: a private key`. */
  readonly refusals: string[] = [];
  /** Another number for each set of the VM: what was found out with one does not hold for the next. */
  readonly generation: u32 = ++generations;
  private readonly digest: StaticArray<u8> = new StaticArray<u8>(SHA256_SIZE);

  /** Notes what text the set is from. */
  noteSource(text: usize, size: usize): void {
    sha256(text, size, changetype<usize>(this.digest));
  }

  /** Whether the set was read from this very text: then it need not be read again, and what is known by it still holds. */
  isFrom(text: Bytes): bool {
    sha256(text.pointer, text.length, DIGEST);
    return equalInConstantTime(changetype<usize>(this.digest), DIGEST, SHA256_SIZE);
  }

  /** Whether a key has this name, in bytes. */
  knows(kid: Bytes): bool {
    const at = kid.pointer;
    for (let i = 0; i < this.keys.length; ++i) if (this.keys[i].isNamed(at, kid.length)) return true;
    return false;
  }

  /** What comes of a signature: `None` where a key that may be asked has made it, otherwise `Key` or `Signature`. */
  judge(header: JoseHeader, text: usize, textSize: usize, signature: usize, size: usize): TokenFault {
    let tries = 0;
    for (let i = 0; i < this.keys.length && tries < TRIES_MAX; ++i) {
      const key = this.keys[i];
      if (!key.serves(header.algorithm)) continue;
      if (header.hasKid && key.hasName && !key.isNamed(header.kid, header.kidSize)) continue;
      ++tries;
      if (!key.verifies(header.algorithm, text, textSize, signature, size)) continue;
      noteUse(key);
      return TokenFault.None;
    }
    return tries == 0 ? TokenFault.Key : TokenFault.Signature;
  }
}

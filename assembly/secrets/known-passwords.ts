import { equalInConstantTime } from "../crypto/equal";
import { SHA256_SIZE } from "../crypto/sha256";

const SLOTS: usize = 128;
const SLOT_SIZE: usize = 40;

/**
 * What has been found right lately, so that it is not worked out with each request: digests of users with their passwords.
 * There is room for 128; one displaces another. Nothing that was refused comes in.
 */
export class KnownPasswords {
  private slots: StaticArray<u8> = new StaticArray<u8>(<i32>(SLOTS * SLOT_SIZE));

  /** The user whose password this is the digest of, -1 where that is not known. */
  find(digest: usize): i32 {
    const slot = this.slotOf(digest);
    return equalInConstantTime(slot, digest, SHA256_SIZE) ? load<i32>(slot, 32) : -1;
  }

  keep(digest: usize, user: i32): void {
    const slot = this.slotOf(digest);
    memory.copy(slot, digest, SHA256_SIZE);
    store<i32>(slot, user, 32);
  }

  private slotOf(digest: usize): usize {
    return changetype<usize>(this.slots) + (load<u8>(digest) & (SLOTS - 1)) * SLOT_SIZE;
  }
}

import { VerificationKey } from "./key";

// Which keys have tables of multiples. A table makes a key's verifications three times as fast and takes 99 to 149 KB, and
// a module has 16 MB. So a key gets one when it has verified its second token: a key that nobody uses, or that only bad
// tokens ask for, gets none. The VM keeps so many; a new one takes the place of the one that was used longest ago.

/** Tables that a VM keeps at most: 2.4 MB. */
export const TABLES_MAX: i32 = 16;
/** Tokens that a key verifies before it gets a table. */
const USES_BEFORE: u32 = 2;
/** Verifications for which a table must have lain idle before another key takes its place. */
const IDLE: u32 = 1000;

/** Addresses of the keys that have tables, pinned; 0 where there is room. */
const HOLDERS = memory.data(64, 4);
let now: u32 = 0;

/** A key has verified a signature. */
export function noteUse(key: VerificationKey): void {
  if (key.kind <= 0) return; // secrets, and RSA: no tables
  key.usedAt = ++now;
  if (key.isPrepared || ++key.uses < USES_BEFORE) return;
  const place = freePlace();
  const before = load<usize>(place);
  if (before != 0) {
    const holder = changetype<VerificationKey>(before);
    if (now - holder.usedAt < IDLE) return;
    holder.forget();
    __unpin(before);
  }
  key.prepare();
  store<usize>(place, __pin(changetype<usize>(key)));
}

/** A place without a holder, otherwise that of the holder that was used longest ago. */
function freePlace(): usize {
  let oldest = HOLDERS;
  for (let place = HOLDERS; place < HOLDERS + TABLES_MAX * 4; place += 4) {
    if (load<usize>(place) == 0) return place;
    if (idle(place) > idle(oldest)) oldest = place;
  }
  return oldest;
}

function idle(place: usize): u32 {
  return now - changetype<VerificationKey>(load<usize>(place)).usedAt;
}

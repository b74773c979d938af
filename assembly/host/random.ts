import { random_get } from "../abi/wasi_snapshot_preview1";
import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { OUT } from "../abi/out";

// Random bytes that nobody can foretell: from the host, not from `Math.random`. Where the host has none, the call aborts:
// whatever depends on them would not be safe.

/** A host gives no more at once. */
const MOST: usize = 65536;

/** So many random bytes, valid until the callback returns. */
export function bytes(count: i32): Bytes {
  const size: usize = max(count, 0);
  const at = take(size);
  for (let done: usize = 0; done < size; done += MOST) fill(at + done, min(size - done, MOST));
  return Bytes.view(at, size);
}

/** A random number, each as likely as the other. */
export function integer(): u64 {
  fill(OUT, 8);
  return load<u64>(OUT);
}

function fill(at: usize, size: usize): void {
  const error = random_get(at, size);
  assert(error == 0, "the host has no random bytes");
}

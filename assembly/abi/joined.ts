import { take } from "./arena";
import { Bytes } from "./bytes";

/** Two views in a row, copied where neither is empty; valid until the callback returns. */
export function joined(a: Bytes, b: Bytes): Bytes {
  if (b.length == 0) return a;
  if (a.length == 0) return b;
  const size: usize = a.length + b.length;
  const both = take(size);
  memory.copy(both, a.pointer, a.length);
  memory.copy(both + a.length, b.pointer, b.length);
  return Bytes.view(both, size);
}

import { environ_get, environ_sizes_get } from "../abi/wasi_snapshot_preview1";
import { take } from "../abi/arena";
import { isEncoded } from "../abi/compare";
import { utf8 } from "../abi/wire";
import { decode } from "../abi/text";
import { OUT } from "../abi/out";

/** An environment variable that the VM's configuration shows to the module, null where it shows none of this name. */
export function get(name: string): string | null {
  return find(utf8(name));
}

function find(name: usize): string | null {
  if (environ_sizes_get(OUT, OUT + 4) != 0) return null;
  const count = load<u32>(OUT);
  const table = take((<usize>count) << 2);
  const text = take(load<u32>(OUT, 4));
  if (environ_get(table, text) != 0) return null;
  for (let i: u32 = 0; i < count; ++i) {
    const value = valueOf(load<u32>(table + ((<usize>i) << 2)), name);
    if (value !== null) return value;
  }
  return null;
}

/** The value in `NAME=value`, closed by a NUL, where the name fits. */
function valueOf(entry: usize, name: usize): string | null {
  let equals = entry;
  while (load<u8>(equals) != 0 && load<u8>(equals) != 0x3d) ++equals;
  if (load<u8>(equals) == 0 || !isEncoded(entry, equals - entry, name)) return null;
  let end = ++equals;
  while (load<u8>(end) != 0) ++end;
  return decode(equals, end - equals);
}

import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_get_shared_data, proxy_set_shared_data } from "../abi/env";
import { hostRefused } from "../abi/line";
import { putDecimal } from "../abi/digits";
import { OUT, outData, outSize } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { sha256 } from "../crypto/sha256";
import { seconds } from "../host/clock";

// What has been used up, in shared data: all workers see it, and it survives changes of the configuration. The host can
// forget no key, so there is a fixed number of them; each holds a list of entries that are found by their first bits.

/** Bytes of a mark: enough that two are never alike by accident. */
const MARK_SIZE: usize = 12;
/** An entry: its mark, and the second after which it may be forgotten. */
const ENTRY: usize = 16;
const LISTS: u32 = 4096;
/** No list that was never written has this mark of the host's: the first write is made only while that is so. */
const NEVER: u32 = u32.MAX_VALUE;
/** How often writing is tried again when other workers get in between. Each time one of them has got on. */
const ATTEMPTS = 100;

const CAS = memory.data(4, 4);
const DIGEST = memory.data(32, 16);

/** What came of using something up. */
export enum Use {
  /** It was the first time. */
  First,
  /** It had been used already. */
  Again,
  /** Nobody knows: too much has to be remembered at once, or the host cannot. */
  Unknown,
}

/** Remembers marks until they have expired, for things that may be used once. */
export class ReplayMemory {
  private readonly listLimit: usize;

  /** `size`: how many marks find room at least, in all. The lists have twice that, as they never fill evenly. */
  constructor(size: i64) {
    this.listLimit = ((<usize>size / LISTS) * 2 + 32) * ENTRY;
  }

  /** What tells a signed text from all others. */
  static markOf(text: Bytes): StaticArray<u8> {
    const mark = new StaticArray<u8>(<i32>MARK_SIZE);
    sha256(text.pointer, text.length, DIGEST);
    memory.copy(changetype<usize>(mark), DIGEST, MARK_SIZE);
    return mark;
  }

  /**
   * Uses up a mark until that second since the Unix epoch, whichever worker is asked: of two that ask at
   * once only one is the first.
   */
  use(used: StaticArray<u8>, until: u64): Use {
    const mark = changetype<usize>(used);
    const list = nameOfList(load<u32>(mark) % LISTS);
    const now = <u32>seconds();
    for (let i = 0; i < ATTEMPTS; ++i) {
      const known = proxy_get_shared_data(list, sizeOf(list), OUT, OUT + 4, CAS);
      const isThere = known == Status.Ok;
      if (!isThere && known != Status.NotFound) return refused(utf8("proxy_get_shared_data"), known);
      const cas = isThere ? load<u32>(CAS) : NEVER;
      const size = isThere ? outSize() : 0;
      const kept = take(size + ENTRY);
      const end = copyOthers(outData(), size, kept, mark, now);
      if (end == 0) return Use.Again;
      if (end - kept >= this.listLimit) return Use.Unknown;
      memory.copy(end, mark, MARK_SIZE);
      store<u32>(end, <u32>until, MARK_SIZE);
      const status = proxy_set_shared_data(list, sizeOf(list), kept, end + ENTRY - kept, cas);
      if (status == Status.Ok) return Use.First;
      if (status != Status.CasMismatch) return refused(utf8("proxy_set_shared_data"), status);
    }
    return Use.Unknown;
  }
}

function refused(call: usize, status: u32): Use {
  hostRefused(call, status);
  return Use.Unknown;
}

/** Copies the entries that have not expired and returns the end of the copy, 0 where the mark is among them. */
function copyOthers(from: usize, size: usize, to: usize, mark: usize, now: u32): usize {
  for (let entry = from, end = from + size; entry < end; entry += ENTRY) {
    if (load<u32>(entry, MARK_SIZE) < now) continue;
    if (memory.compare(entry, mark, MARK_SIZE) == 0) return 0;
    memory.copy(to, entry, ENTRY);
    to += ENTRY;
  }
  return to;
}

/** The key of a list, encoded. */
function nameOfList(list: u32): usize {
  const prefix = utf8("meshscript.used.");
  const size = sizeOf(prefix);
  const name = take(size + 16) + 4;
  memory.copy(name, prefix, size);
  store<u32>(name - 4, <u32>(putDecimal(list, name + size) - name));
  return name;
}

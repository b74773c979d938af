// Memory that lives for one callback: what the host returns, views on it, and texts on their way to the host.
// Nothing here is garbage collected, and nothing outlives the callback: the next one starts over.

const SIZE: usize = 65536;
const START = memory.data(65536, 16);
/** Bytes that may be read behind whatever was taken, so that a text may be looked through by vectors. */
const BEHIND: usize = 16;

let top: usize = START;
let end: usize = START + SIZE - BEHIND;
/** Blocks that did not fit, newest first; each begins with the address of the one before it. */
let overflow: usize = 0;

/** Counts callbacks, so that what belongs to an earlier one can be told apart. Never 0. */
export let epoch: u32 = 1;

/** Begins a callback: all that an earlier one took is free again. */
export function begin(): void {
  ++epoch;
  if (isDefined(MESHSCRIPT_HEAPLESS)) {
    top = __heap_base;
    end = (memory.size() << 16) - BEHIND;
  } else {
    top = START;
    if (overflow != 0) freeOverflow();
  }
}

/** Memory for `size` bytes, aligned to 8, valid until the callback returns. */
export function take(size: usize): usize {
  const start = top;
  const next = start + ((size + 7) & ~7);
  if (next > end || next < start)
    return isDefined(MESHSCRIPT_HEAPLESS) ? takeNewPages(size) : takeBlock(size);
  top = next;
  return start;
}

/** Where the next `take` would start; give it to `release`. */
export function mark(): usize {
  return top;
}

/** Gives back what was taken behind `position`, except blocks that had to be found elsewhere. */
export function release(position: usize): void {
  if (position >= START && position <= end) top = (position + 7) & ~7;
}

function takeBlock(size: usize): usize {
  const block = heap.alloc(size + 8 + BEHIND);
  store<usize>(block, overflow);
  overflow = block;
  return block + 8;
}

function freeOverflow(): void {
  do {
    const block = overflow;
    overflow = load<usize>(block);
    heap.free(block);
  } while (overflow != 0);
}

// A module without a heap: all memory behind its data is the arena, and what was added once stays.
function takeNewPages(size: usize): usize {
  if (memory.grow(<i32>(size >> 16) + 1) < 0) unreachable();
  end = (memory.size() << 16) - BEHIND;
  const start = top;
  top = start + ((size + 7) & ~7);
  return start;
}

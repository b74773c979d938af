import { Context } from "../stream/context";
import { Plugin } from "./plugins";

// From a stream's id to its plugin and, where the filter keeps state per request, its object. An open hash table in
// memory of its own: it allocates only when it grows, and a look-up costs the same with one stream and with ten thousand.

/** A slot of the table. */
@unmanaged
export class Stream {
  id: u32;
  plugin: Plugin;
  /** Pinned; null until a callback asks for it, and for filters without state per request. */
  context: Context | null;
}

let slots: usize = 0;
let mask: u32 = 0;
let used: u32 = 0;

/** Records a stream that is not there yet. Its id is never 0. */
export function add(id: u32, plugin: Plugin): void {
  if (used * 2 >= mask) grow();
  const stream = probe(id);
  stream.id = id;
  stream.plugin = plugin;
  stream.context = null;
  ++used;
}

/** The stream with this id, null where it was not recorded. */
export function find(id: u32): Stream | null {
  if (used == 0 || id == 0) return null;
  const stream = probe(id);
  return stream.id == id ? stream : null;
}

/** Forgets a stream that `find` returned. */
export function remove(stream: Stream): void {
  --used;
  let hole = indexOf(stream);
  // Those behind move up, so that no search ends early.
  for (let i = (hole + 1) & mask; slot(i).id != 0; i = (i + 1) & mask) {
    if (((i - home(slot(i).id)) & mask) < ((i - hole) & mask)) continue;
    memory.copy(changetype<usize>(slot(hole)), changetype<usize>(slot(i)), offsetof<Stream>());
    hole = i;
  }
  slot(hole).id = 0;
}

function probe(id: u32): Stream {
  let i = home(id);
  while (slot(i).id != 0 && slot(i).id != id) i = (i + 1) & mask;
  return slot(i);
}

// Ids count up: a multiplication spreads them, whatever their step.
function home(id: u32): u32 {
  return ((id * 0x9e3779b1) >> 7) & mask;
}

function slot(index: u32): Stream {
  return changetype<Stream>(slots + <usize>index * offsetof<Stream>());
}

function indexOf(stream: Stream): u32 {
  return <u32>((changetype<usize>(stream) - slots) / offsetof<Stream>());
}

function grow(): void {
  const before = slots;
  const size: u32 = mask == 0 ? 0 : mask + 1;
  mask = size == 0 ? 63 : size * 2 - 1;
  slots = heap.alloc(<usize>(mask + 1) * offsetof<Stream>());
  memory.fill(slots, 0, <usize>(mask + 1) * offsetof<Stream>());
  for (let i: u32 = 0; i < size; ++i) {
    const stream = changetype<Stream>(before + <usize>i * offsetof<Stream>());
    if (stream.id != 0) {
      memory.copy(changetype<usize>(probe(stream.id)), changetype<usize>(stream), offsetof<Stream>());
    }
  }
  if (before != 0) heap.free(before);
}

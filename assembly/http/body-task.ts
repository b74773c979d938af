import { Bytes } from "../abi/bytes";
import { Chunk } from "./chunk";

/**
 * What the library does with a body while it arrives: it collects it, or has it rewritten part by part. It stands outside the
 * collected heap, since exchanges of filters that have no bodies should not pay for it; `free` it with its exchange.
 */
@unmanaged
export class BodyTask {
  /** How many bytes are collected at most. */
  limit: u32;

  /** Whether the beginning is enough: a longer body is shown up to the limit, and no fault. */
  partial: bool;

  /** Whether it has the body rewritten. */
  rewrites: bool;

  /** Whether the host holds the body back for it. */
  waits: bool;

  /** Whether something of the body has gone on. */
  begun: bool;

  /** Whether the host was left a mark in the place of what waits. */
  marked: bool;

  /** The mark. */
  mark: usize;

  /** What waits in the module: what has been rewritten already, and behind it what was kept back. */
  stash: usize;
  private size: i32;
  private done: i32;

  /** The part at hand. */
  chunk: Chunk;

  /** What waits and has been rewritten; valid until `keep`. */
  get ready(): Bytes {
    return Bytes.view(this.stash, this.done);
  }

  /** What was kept back; valid until `keep`. */
  get carried(): Bytes {
    return Bytes.view(this.stash + this.done, this.size - this.done);
  }

  /** Has these wait, in the place of what waited before. */
  keep(ready: Bytes, carried: Bytes): void {
    const size: usize = ready.length + carried.length;
    const copy = size == 0 ? <usize>0 : heap.alloc(size);
    memory.copy(copy, ready.pointer, ready.length);
    memory.copy(copy + ready.length, carried.pointer, carried.length);
    // Only now: what is to wait may have waited before.
    this.drop();
    this.stash = copy;
    this.size = <i32>size;
    this.done = ready.length;
  }

  /** Forgets what waits. */
  drop(): void {
    if (this.stash != 0) heap.free(this.stash);
    this.stash = 0;
  }
}

/** A task that collects a body. */
export function collecting(limit: u32, partial: bool): BodyTask {
  const task = fresh();
  task.limit = limit;
  task.partial = partial;
  return task;
}

/** A task that has a body rewritten. */
export function rewriting(): BodyTask {
  const task = fresh();
  task.rewrites = true;
  return task;
}

/** Ends a task. */
export function free(task: BodyTask): void {
  task.drop();
  heap.free(changetype<usize>(task));
}

function fresh(): BodyTask {
  const size = offsetof<BodyTask>() + offsetof<Chunk>() + 16;
  const at = heap.alloc(size);
  memory.fill(at, 0, size);
  const task = changetype<BodyTask>(at);
  task.chunk = changetype<Chunk>(at + offsetof<BodyTask>());
  task.mark = at + size - 16;
  return task;
}

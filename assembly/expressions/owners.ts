import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { callEncoded } from "../host/foreign";

// Which plugin an expression belongs to, so that the host forgets it with the plugin.

@unmanaged
class Owned {
  token: u32;
  owner: u32;
  next: Owned | null;
}

/** The plugin that is being configured: expressions made meanwhile are its own. */
let owner: u32 = 0;
let newest: Owned | null = null;
/** Whether there was ever one. Where there cannot be, the compiler knows the answer and leaves the rest out. */
let used: bool = false;

/** Begins to configure a plugin. */
export function begin(root: u32): void {
  owner = root;
}

/** Takes note of an expression, and hands its number back. */
export function adopt(token: u32): u32 {
  const owned = changetype<Owned>(heap.alloc(offsetof<Owned>()));
  owned.token = token;
  owned.owner = owner;
  owned.next = newest;
  newest = owned;
  used = true;
  return token;
}

/** A plugin is gone, or was refused. */
export function end(root: u32): void {
  if (used) newest = without(root, newest);
}

function without(root: u32, from: Owned | null): Owned | null {
  if (from === null) return null;
  const rest = without(root, from.next);
  if (from.owner != root) {
    from.next = rest;
    return from;
  }
  callEncoded(utf8("expr_delete"), Bytes.view(changetype<usize>(from), 4));
  heap.free(changetype<usize>(from));
  return rest;
}

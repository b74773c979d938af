import { take } from "../abi/arena";
import { put, putNumber } from "../abi/line";
import { sizeOf, utf8 } from "../abi/wire";

// Where something stands in a configuration. Records live in the arena, as long as the callback in which a plugin is
// configured.

/** A key of an object. */
@unmanaged
export class Key {
  next: Key | null;
  /** Its name, encoded. */
  name: usize;
  /** Whether the object was seen to hold it. */
  seen: bool;
}

/** An object that is being read. */
@unmanaged
export class Scope {
  outer: Scope | null;
  /** Address of the object, 0 where there is none. */
  object: usize;
  /** Whether something else stands in its place: then what is missing in it is no problem of its own. */
  unreadable: bool;
  /** The key under which it stands in `outer`. */
  key: Key | null;
  /** Its place in a list there, -1 where it is in none. */
  index: i32;
  /** Keys that a setting was declared for, last one first. */
  known: Key | null;
}

/** A record of an object. */
export function scopeOf(outer: Scope | null, object: usize, unreadable: bool): Scope {
  const made = changetype<Scope>(take(offsetof<Scope>()));
  made.outer = outer;
  made.object = object;
  made.unreadable = unreadable;
  made.key = null;
  made.known = null;
  return made;
}

/** A record of an encoded name. */
export function keyOf(name: usize): Key {
  const made = changetype<Key>(take(offsetof<Key>()));
  made.name = name;
  made.seen = false;
  return made;
}

/** Adds where a name inside an object stands to the line: `rules[1].prefix`. No name is the object itself. */
export function putPlace(inside: Scope, name: usize, index: i32): void {
  putPath(inside);
  putStep(inside, name);
  putIndex(index);
}

/** Adds the path of an object to the line. */
export function putPath(inner: Scope): void {
  const key = inner.key;
  if (key === null) return;
  const outer = changetype<Scope>(inner.outer);
  putPath(outer);
  putStep(outer, key.name);
  putIndex(inner.index);
}

/** Adds a name inside an object, parted from the object's path by a dot where both are there. */
function putStep(inside: Scope, name: usize): void {
  if (inside.key !== null && sizeOf(name) > 0) put(utf8("."));
  put(name);
}

function putIndex(index: i32): void {
  if (index < 0) return;
  put(utf8("["));
  putNumber(index);
  put(utf8("]"));
}

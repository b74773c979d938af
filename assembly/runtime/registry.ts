import { FilterBase } from "../filter/base";

// Filters register while the module starts, before any host call is allowed. Entries stand in static memory: a module
// whose filter needs no heap then links none.

/** One registered filter. */
@unmanaged
export class Registration {
  rootId: string;
  make: () => FilterBase;
  next: Registration | null;
}

/** The registered filters, last one first. */
export let first: Registration | null = null;

/** Whether a filter has a root_id of its own, so that the host has to be asked for the plugin's. */
export let named: bool = false;

/** Whether a filter keeps state per request. */
export let stateful: bool = false;

/** Whether plugins of this module can differ from each other, so that each stream has to find its own. */
export let distinct: bool = false;

/**
 * Makes a filter known, at the top level of its file: `register<MyFilter>()`. A module's only filter answers to any
 * root_id; in a bundle each filter has its own, `register<MyFilter>("my-filter")`, and an unknown one is refused.
 */
export function register<T extends FilterBase>(rootId: string = ""): void {
  if (isDefined(MESHSCRIPT_PLAIN)) {
    plain = changetype<FilterBase>(objectAt(memory.data(48, 16), idof<T>()));
    return;
  }
  const entry = changetype<Registration>(memory.data(offsetof<Registration>(), 8));
  entry.rootId = rootId;
  entry.make = (): FilterBase => instantiate<T>();
  entry.next = first;
  first = entry;
  // By address: the compiler then knows the answer, and what it makes superfluous is left out of the module.
  if (changetype<usize>(rootId) != changetype<usize>("")) named = distinct = true;
  if (offsetof<T>() > offsetof<FilterBase>()) distinct = true;
  if (changetype<T>(0).keepsState()) stateful = distinct = true;
  if (isDefined(MESHSCRIPT_DISTINCT)) distinct = true;
}

/** The only filter of a plain module. It has neither fields nor a constructor, so its object is just its class. */
export let plain: FilterBase = changetype<FilterBase>(0);

/** An object without fields in static memory: what the compiler keeps in front of it says what class it is. */
export function objectAt(room: usize, classId: u32): usize {
  store<u32>(room + 24, classId);
  return room + 32;
}

/** The filter that answers to a root_id, null where none does. */
export function lookUp(rootId: string): Registration | null {
  let entry = first;
  while (entry !== null && entry.rootId != rootId && entry.rootId.length > 0) entry = entry.next;
  return entry;
}

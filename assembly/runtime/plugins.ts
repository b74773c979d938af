import { forget } from "../callout/flight";
import { FilterBase } from "../filter/base";
import { CALLS } from "../stream/needs";

// A plugin is one configuration of a filter in this VM. Several may live side by side: Envoy shares a VM among plugins,
// and an update of the configuration alone brings a new plugin while streams of the old one are still open. A record
// goes when its plugin is deleted and its last stream has ended.

/** One configured filter. Records stand outside the collected heap, so the filter is pinned. */
@unmanaged
export class Plugin {
  root: u32;
  /** Open streams that began with it. */
  streams: u32;
  filter: FilterBase;
  /** Another configuration took its place, or the host deleted it. */
  retired: bool;
  next: Plugin | null;
}

let newest: Plugin | null = null;
let live: u32 = 0;

/** Records a configured filter; one with the same root is retired, and keeps the streams it has. */
export function add(root: u32, filter: FilterBase): void {
  retire(root);
  const plugin = changetype<Plugin>(heap.alloc(offsetof<Plugin>()));
  plugin.root = root;
  plugin.streams = 0;
  plugin.filter = changetype<FilterBase>(__pin(changetype<usize>(filter)));
  plugin.retired = false;
  plugin.next = newest;
  newest = plugin;
  ++live;
}

/** The plugin that new streams of a root belong to, null where the root has none. */
export function ofRoot(root: u32): Plugin | null {
  let plugin = newest;
  while (plugin !== null && (plugin.root != root || plugin.retired)) plugin = plugin.next;
  return plugin;
}

/** The only plugin, null where there are several or none. */
export function only(): Plugin | null {
  return live == 1 ? newest : null;
}

/** How many plugins there are, retired ones that still have streams included. */
export function count(): u32 {
  return live;
}

/** Ends a root's plugin: at once, or with its last stream. */
export function retire(root: u32): void {
  const plugin = ofRoot(root);
  if (plugin === null) return;
  plugin.retired = true;
  if (plugin.streams == 0) drop(plugin);
}

/** A stream of the plugin has ended. */
export function released(plugin: Plugin): void {
  if (--plugin.streams == 0 && plugin.retired) drop(plugin);
}

function drop(plugin: Plugin): void {
  if (newest === plugin) {
    newest = plugin.next;
  } else {
    let before = changetype<Plugin>(newest);
    while (before.next !== plugin) before = changetype<Plugin>(before.next);
    before.next = plugin.next;
  }
  --live;
  if (CALLS) forget(plugin.filter);
  __unpin(changetype<usize>(plugin.filter));
  heap.free(changetype<usize>(plugin));
}

import { utf8 } from "../abi/wire";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { FilterBase } from "../filter/base";
import { Exchange } from "../http/exchange";
import { sendPlainReply } from "../http/reply";
import * as plugins from "./plugins";
import { distinct, objectAt, stateful } from "./registry";
import * as streams from "./streams";

// From a callback's ids to a filter and a stream's object. Where plugins of the module cannot differ, nothing is looked
// up; where they can and the host does not say which one a stream belongs to, the stream is refused.

/** The filter of a module whose plugins are all alike: made once, it serves them all. */
export let sole: FilterBase | null = null;

/** Whether the host tells of new contexts. The generated configuration withholds that where one plugin is all there is. */
export let announced: bool = false;

/** The stream that was refused last: its own refusal then passes `onResponse` by. */
let refused: u32 = 0;

/** The plain exchange: it holds nothing, so all requests share it. In static memory, behind the header of an object. */
export const PLAIN = objectAt(memory.data(64, 16), idof<Exchange>());

export function markAnnounced(): void {
  announced = true;
}

export function setSole(filter: FilterBase): void {
  sole = filter;
}

/** The filter that answers for a stream, null where none can be told. */
export function filterOf(id: u32): FilterBase | null {
  if (!distinct) return sole;
  const stream = streams.find(id);
  if (stream !== null) return stream.plugin.filter;
  if (announced) return null;
  const only = plugins.only();
  return only === null ? null : only.filter;
}

/** The filter of a plugin's own context. */
export function filterOfPlugin(root: u32): FilterBase | null {
  if (!distinct) return sole;
  const plugin = plugins.ofRoot(root);
  return plugin === null ? null : plugin.filter;
}

/**
 * The object of a stream, null where the filter keeps state per stream and the host did not tell of this one. `filter` is
 * what `filterOf` found.
 */
export function contextOf(id: u32, filter: FilterBase): Context | null {
  if (!stateful || !filter.keepsState()) return changetype<Context>(PLAIN);
  const stream = streams.find(id);
  if (stream === null) return null;
  const known = stream.context;
  if (known !== null) return known;
  const made = filter.newContext();
  made.contextId = id;
  stream.context = changetype<Context>(__pin(changetype<usize>(made)));
  return made;
}

/** A request that no filter is answerable for never passes. */
export function refuse(id: u32): Action {
  refused = id;
  sendPlainReply(503, utf8(""), utf8("filter_unavailable"));
  return Action.Pause;
}

/** Nor does a response; but the host shows a request's own refusal, too. */
export function refuseResponse(id: u32): Action {
  return id == refused ? Action.Continue : refuse(id);
}

import { BufferType, MapType, Status } from "../abi/enums";
import { begin } from "../abi/arena";
import { collectIfDue, collectNow } from "../abi/collect";
import { proxy_get_buffer_bytes } from "../abi/env";
import { Urgency, hostRefused, put, putBytes, write } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { utf8 } from "../abi/wire";
import * as settings from "../config/scope";
import { refreshKnownLevel } from "../host/log";
import { getProperty } from "../host/properties";
import { Action } from "../http/action";
import { Exchange } from "../http/exchange";
import { FilterBase } from "../http/filter";
import { openNone, openOnly } from "../http/maps";
import { sendPlainReply } from "../http/reply";
import * as plugins from "./plugins";
import { Plugin } from "./plugins";
import { Registration, distinct, first, lookUp, named, objectAt, plain, stateful } from "./registry";
import * as streams from "./streams";

// From a callback's ids to a filter and an exchange. Where plugins of the module cannot differ, nothing is looked up; where
// they can and the host does not say which one a stream belongs to, the request is refused.

/** The filter of a module whose plugins are all alike: made once, it serves them all. */
let sole: FilterBase | null = null;

/** Whether the host tells of new contexts. The generated configuration withholds that where one plugin is all there is. */
let announced: bool = false;

/** The stream that was refused last: its own refusal then passes `onResponse` by. */
let refused: u32 = 0;

/** The plain exchange: it holds nothing, so all requests share it. In static memory, behind the header of an object. */
const PLAIN = objectAt(memory.data(48, 16), idof<Exchange>());

/** `proxy_on_context_create`: a plugin's own context has no parent, a stream's parent is its plugin's. */
export function created(id: u32, parent: u32): void {
  if (!distinct) return;
  announced = true;
  if (parent == 0) return;
  const plugin = plugins.ofRoot(parent);
  if (plugin === null) return;
  ++plugin.streams;
  streams.add(id, plugin);
}

/** `proxy_on_delete`, for streams and for plugins. */
export function deleted(id: u32): void {
  if (!distinct) return;
  const stream = streams.find(id);
  if (stream === null) return plugins.retire(id);
  if (stateful && stream.exchange !== null) __unpin(changetype<usize>(stream.exchange));
  const plugin = stream.plugin;
  streams.remove(stream);
  plugins.released(plugin);
}

/** `proxy_on_configure`: false refuses the configuration, after its problems were logged. */
export function configured(root: u32, size: u32): bool {
  begin();
  openNone();
  refreshKnownLevel();
  if (isDefined(MESHSCRIPT_PLAIN)) return readConfiguration(size) && settings.finish();
  const registration = choose();
  if (registration === null) return false;
  if (!readConfiguration(size)) return false;
  const filter = make(registration);
  // Where a setting could not be read, what it says together with others means nothing.
  if (settings.isSound()) filter.onConfigure();
  if (!settings.finish()) return false;
  if (distinct) adopt(root, filter);
  collectNow();
  return true;
}

/** `proxy_on_request_headers` */
export function requestHeaders(id: u32): Action {
  begin();
  collectIfDue();
  openOnly(MapType.RequestHeaders);
  if (isDefined(MESHSCRIPT_PLAIN)) return plain.handleRequest(changetype<Exchange>(PLAIN));
  const filter = filterOf(id);
  if (filter === null) return refuse(id);
  const x = exchangeOf(id, filter);
  return x === null ? refuse(id) : filter.handleRequest(x);
}

/** `proxy_on_response_headers` */
export function responseHeaders(id: u32): Action {
  begin();
  collectIfDue();
  openOnly(MapType.ResponseHeaders);
  if (isDefined(MESHSCRIPT_PLAIN)) return plain.handleResponse(changetype<Exchange>(PLAIN));
  const filter = filterOf(id);
  if (filter === null) return id == refused ? Action.Continue : refuse(id);
  const x = exchangeOf(id, filter);
  return x === null ? refuse(id) : filter.handleResponse(x);
}

function filterOf(id: u32): FilterBase | null {
  if (!distinct) return sole;
  const stream = streams.find(id);
  if (stream !== null) return stream.plugin.filter;
  if (announced) return null;
  const only = plugins.only();
  return only === null ? null : only.filter;
}

/** The exchange of a stream, null where the filter keeps state per request and the host did not tell of the stream. */
function exchangeOf(id: u32, filter: FilterBase): Exchange | null {
  if (!stateful || !filter.keepsState()) return changetype<Exchange>(PLAIN);
  const stream = streams.find(id);
  if (stream === null) return null;
  const known = stream.exchange;
  if (known !== null) return known;
  const made = filter.newExchange();
  stream.exchange = changetype<Exchange>(__pin(changetype<usize>(made)));
  return made;
}

/** A request that no filter is answerable for never passes. */
function refuse(id: u32): Action {
  refused = id;
  sendPlainReply(503, utf8(""), utf8("filter_unavailable"));
  return Action.Pause;
}

/** The registered filter that this plugin wants. */
function choose(): Registration | null {
  if (!named) return first;
  const bytes = getProperty(utf8("plugin_root_id"));
  const rootId = bytes === null ? "" : bytes.toString();
  const registration = lookUp(rootId);
  if (registration !== null) return registration;
  put(utf8("configuration: root_id: no filter in this module is named "));
  if (bytes !== null) putBytes(bytes.pointer, bytes.length);
  write(Urgency.Error);
  return null;
}

function readConfiguration(size: u32): bool {
  if (size == 0) {
    settings.begin(0, 0);
    return true;
  }
  const status = proxy_get_buffer_bytes(BufferType.PluginConfiguration, 0, size, OUT, OUT + 4);
  if (status != Status.Ok) hostRefused(utf8("proxy_get_buffer_bytes"), status);
  settings.begin(outData(), outSize());
  return status == Status.Ok;
}

function make(registration: Registration): FilterBase {
  if (distinct) return registration.make();
  if (sole === null) sole = registration.make();
  return changetype<FilterBase>(sole);
}

function adopt(root: u32, filter: FilterBase): void {
  plugins.add(root, filter);
  if (announced || plugins.count() == 1) return;
  put(
    utf8(
      "this VM runs a second plugin, but proxy_on_context_create is withheld: each request is answered 503. ",
    ),
  );
  put(utf8("Give each plugin its own vm_id"));
  write(Urgency.Error);
}

import { begin } from "../abi/arena";
import { collectIfDue, collectNow } from "../abi/collect";
import { BufferType, Status } from "../abi/enums";
import { proxy_get_buffer_bytes } from "../abi/env";
import { Urgency, hostRefused, put, putBytes, write } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { utf8 } from "../abi/wire";
import * as settings from "../config/scope";
import { FilterBase } from "../filter/base";
import { refreshKnownLevel } from "../host/log";
import { getProperty } from "../host/properties";
import { Queue } from "../host/queue";
import * as expressions from "../expressions/owners";
import * as vm from "../host/vm";
import { openLog, openNone } from "../http/maps";
import * as callouts from "./callouts";
import * as buffer from "../stream/buffer";
import * as turn from "../stream/turn";
import {
  PLAIN,
  announced,
  contextOf,
  filterOf,
  filterOfPlugin,
  markAnnounced,
  setSole,
  sole,
} from "./lookup";
import * as plugins from "./plugins";
import { Registration, distinct, first, lookUp, named, stateful } from "./registry";
import * as streams from "./streams";
import { Context } from "../stream/context";
import { CALLS, TRACKS } from "../stream/needs";

// The life of plugins and streams: from their creation to their end.

/** `proxy_on_context_create`: a plugin's own context has no parent, a stream's parent is its plugin's. */
export function created(id: u32, parent: u32): void {
  if (!distinct) return;
  markAnnounced();
  if (parent == 0 || id == 0 || streams.find(id) !== null) return;
  const plugin = plugins.ofRoot(parent);
  if (plugin === null) return;
  ++plugin.streams;
  streams.add(id, plugin);
}

/** `proxy_on_delete`, for streams and for plugins. */
export function deleted(id: u32): void {
  if (!distinct) return;
  const stream = streams.find(id);
  if (stream === null) {
    expressions.end(id);
    return plugins.retire(id);
  }
  if (stateful) forget(stream.context);
  const plugin = stream.plugin;
  streams.remove(stream);
  plugins.released(plugin);
}

/** Those who kept the object find that it has ended. */
function forget(context: Context | null): void {
  if (context === null) return;
  if (TRACKS) context.release();
  context.contextId = 0;
  context.held = 0;
  __unpin(changetype<usize>(context));
}

/** `proxy_on_vm_start` */
export function vmStarted(root: u32): void {
  beginOwn(root);
  refreshKnownLevel();
  vm.started();
}

/** `proxy_on_configure`: false refuses the configuration, after its problems were logged. */
export function configured(root: u32, size: u32): bool {
  beginOwn(root);
  refreshKnownLevel();
  if (isDefined(MESHSCRIPT_PLAIN)) return readConfiguration(size) && settings.finish();
  const registration = choose();
  if (registration === null) return false;
  if (!readConfiguration(size)) return false;
  expressions.begin(root);
  const filter = make(registration);
  // Where a setting could not be read, what it says together with others means nothing.
  if (settings.isSound()) filter.onConfigure();
  if (!settings.finish()) return refused(root);
  if (distinct) adopt(root, filter);
  afterOwn();
  collectNow();
  return true;
}

function refused(root: u32): bool {
  expressions.end(root);
  return false;
}

/** `proxy_on_tick` */
export function ticked(root: u32): void {
  beginAgain(root);
  const filter = filterOfPlugin(root);
  if (filter !== null) filter.onTick();
  afterOwn();
}

/** `proxy_on_queue_ready` */
export function queueReady(root: u32, queue: u32): void {
  beginAgain(root);
  const filter = filterOfPlugin(root);
  if (filter !== null) filter.onQueueReady(changetype<Queue>(<usize>queue));
  afterOwn();
}

/** `proxy_on_foreign_function` */
export function foreignCall(root: u32, id: u32, size: u32): void {
  beginOwn(root);
  const filter = filterOfPlugin(root);
  if (filter === null) return;
  filter.onForeignCall(id, buffer.read(BufferType.CallData, 0, size));
  afterOwn();
}

/** `proxy_on_log`, for streams, and for a plugin that serves as access logger. */
export function logged(id: u32): void {
  beginAgain(id);
  openLog();
  turn.markOver();
  const stream = filterOf(id);
  if (stream !== null) return logStream(id, stream);
  const filter = filterOfPlugin(id);
  if (filter !== null) filter.handleLog(stateful ? filter.newContext() : changetype<Context>(PLAIN));
}

/** Calls that the host did not take come to their end now. */
function afterOwn(): void {
  if (CALLS) callouts.finish();
}

function logStream(id: u32, filter: FilterBase): void {
  const context = contextOf(id, filter);
  if (context !== null) filter.handleLog(context);
}

/** `proxy_on_done`, for streams and for plugins: false asks the host to wait for `plugin.done()`. */
export function done(id: u32): bool {
  beginOwn(id);
  const plugin = distinct ? plugins.ofRoot(id) : null;
  if (plugin !== null) return plugin.filter.onDone();
  const filter = filterOf(id);
  if (filter === null) return true;
  turn.markOver();
  const context = contextOf(id, filter);
  if (context !== null) filter.handleEnd(context);
  return true;
}

/** For callbacks that come with traffic or with time. */
function beginAgain(id: u32): void {
  collectIfDue();
  beginOwn(id);
}

function beginOwn(id: u32): void {
  begin();
  turn.begin(id);
  openNone();
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
  store<u64>(OUT, 0);
  const status = proxy_get_buffer_bytes(BufferType.PluginConfiguration, 0, size, OUT, OUT + 4);
  if (status != Status.Ok) hostRefused(utf8("proxy_get_buffer_bytes"), status);
  settings.begin(outData(), outSize());
  return status == Status.Ok;
}

function make(registration: Registration): FilterBase {
  if (distinct) return registration.make();
  const made = sole;
  if (made !== null) return made;
  const filter = registration.make();
  setSole(filter);
  return filter;
}

function adopt(root: u32, filter: FilterBase): void {
  plugins.add(root, filter);
  if (announced || plugins.count() == 1) return;
  put(
    utf8("a second plugin, but no proxy_on_context_create: requests get 503. Give each plugin its own vm_id"),
  );
  write(Urgency.Error);
}

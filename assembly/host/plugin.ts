import { Bytes } from "../abi/bytes";
import { BufferType, Status } from "../abi/enums";
import { proxy_done, proxy_get_buffer_bytes, proxy_set_tick_period_milliseconds } from "../abi/env";
import { hostRefused } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { utf8 } from "../abi/wire";
import { getProperty } from "./properties";

/** The name that the proxy's configuration gives this plugin; "" where it gives none. Also while it is configured. */
export function name(): string {
  const bytes = getProperty(utf8("plugin_name"));
  return bytes === null ? "" : bytes.toString();
}

/**
 * Has `onTick` called every so many milliseconds from now on; 0 ends that. In `onConfigure`, `onTick` and the plugin's other
 * callbacks, not in those of a stream. Each worker ticks, and the main thread does.
 */
export function tickEvery(milliseconds: u32): bool {
  const status = proxy_set_tick_period_milliseconds(milliseconds);
  return status == Status.Ok || hostRefused(utf8("proxy_set_tick_period_milliseconds"), status);
}

/**
 * Lets the plugin go after `onDone` asked for time. From `onFetched`, `onQueueReady` and their like: the timer is silent by
 * then.
 */
export function done(): bool {
  const status = proxy_done();
  return status == Status.Ok || hostRefused(utf8("proxy_done"), status);
}

/** What the proxy's configuration hands to all plugins of this VM, as text; "" where it hands over nothing. */
export function vmConfiguration(): string {
  return vmConfigurationBytes().toString();
}

/** `vmConfiguration` as bytes, valid until the callback returns. */
export function vmConfigurationBytes(): Bytes {
  store<u64>(OUT, 0);
  const status = proxy_get_buffer_bytes(BufferType.VmConfiguration, 0, i32.MAX_VALUE, OUT, OUT + 4);
  if (status == Status.Ok) return Bytes.view(outData(), outSize());
  if (status != Status.NotFound) hostRefused(utf8("proxy_get_buffer_bytes"), status);
  return Bytes.view(0, 0);
}

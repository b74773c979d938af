import { proxy_get_current_time_nanoseconds } from "../abi/env";
import { Status } from "../abi/enums";
import { hostRefused } from "../abi/line";
import { utf8 } from "../abi/wire";

const TIME = memory.data(8, 8);

/** Nanoseconds since the Unix epoch by the host's wall clock. In any callback. */
export function nanoseconds(): u64 {
  const status = proxy_get_current_time_nanoseconds(TIME);
  if (status == Status.Ok) return load<u64>(TIME);
  hostRefused(utf8("proxy_get_current_time_nanoseconds"), status);
  return 0;
}

/** Milliseconds since the Unix epoch. */
export function milliseconds(): u64 {
  return nanoseconds() / 1_000_000;
}

/** Seconds since the Unix epoch, rounded down. */
export function seconds(): u64 {
  return nanoseconds() / 1_000_000_000;
}

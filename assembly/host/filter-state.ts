import { Urgency, put, putBytes, putNumber, write } from "../abi/line";
import { Bytes } from "../abi/bytes";
import { sizeOf, utf8 } from "../abi/wire";
import * as foreign from "./foreign";
import { Message } from "./message";

/** How long filter state lives. */
export enum FilterStateSpan {
  /** As long as the filters of this stream. */
  Chain,
  /** As long as the request. */
  Request,
  /** As long as the client's connection: its later requests see it, too. */
  Connection,
}

/** Sets filter state through the host's own factory for the key. */
export function setEnvoyFilterState(key: usize, value: usize, span: FilterStateSpan): bool {
  const argument = Message.begin(3, sizeOf(key) + sizeOf(value))
    .add(1, key, sizeOf(key))
    .add(2, value, sizeOf(value))
    .addNumber(3, span);
  if (foreign.callEncoded(utf8("set_envoy_filter_state"), argument.bytes) !== null) return true;
  put(utf8("set_envoy_filter_state: the host has no such key: "));
  putBytes(key, sizeOf(key));
  write(Urgency.Error);
  return false;
}

/** Has the stream's route chosen anew. */
export function clearRouteCache(): bool {
  if (foreign.callEncoded(utf8("clear_route_cache"), Bytes.view(0, 0)) !== null) return true;
  put(utf8("clear_route_cache: the host refused, status "));
  putNumber(foreign.status);
  write(Urgency.Error);
  return false;
}

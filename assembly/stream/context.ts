import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_close_stream, proxy_continue_stream } from "../abi/env";
import { hostRefused } from "../abi/line";
import { utf8 } from "../abi/wire";
import { getFilterState, getProperty, setFilterState } from "../host/properties";
import * as turn from "./turn";

/** What an HTTP exchange and a TCP connection have in common. Authors hold an `Exchange` or a `Connection`. */
export abstract class Context {
  /** The stream's number in the host: 0 before it is known and after the stream has ended. For the library's own use. */
  contextId: u32 = 0;

  /** Directions in which it waits, a bit for each `StreamType`. For the library's own use. */
  held: u32 = 0;

  /** Whether it is over: the host knows it no more, and none of its methods reaches anything. */
  get ended(): bool {
    return this.contextId == 0;
  }

  /**
   * Makes a kept exchange or connection the one that host calls are about until this callback returns, for callbacks of
   * something else (`onTick`, `onQueueReady`, `onFetched`). False where it has ended.
   */
  enter(): bool {
    return this.contextId != 0 && turn.enter(this.contextId);
  }

  /** Lets go on what waits. From any callback; nothing happens where nothing waits or the stream has ended. */
  resume(): void {
    const held = this.held;
    if (held == 0 || !this.enter()) return;
    this.held = 0;
    for (let stream: u32 = 0; stream < 4; ++stream) {
      if ((held & (1 << stream)) == 0) continue;
      const status = proxy_continue_stream(stream);
      if (status != Status.Ok) hostRefused(utf8("proxy_continue_stream"), status);
    }
  }

  /** Cuts a direction. For the library's own use. */
  protected cut(stream: u32): void {
    if (!this.enter()) return;
    this.held = 0;
    const status = proxy_close_stream(stream);
    if (status != Status.Ok) hostRefused(utf8("proxy_close_stream"), status);
  }

  /**
   * A property of the stream as text, by its path with dots (`source.address`, `xds.route_name`), null where the host
   * has none at this moment. Numbers and the like are bytes: see `propertyBytes`.
   */
  @inline
  property(path: string): string | null {
    return textOf(getProperty(utf8(path)));
  }

  /** A property that is a whole number, `fallback` where the host has none at this moment. */
  @inline
  propertyInteger(path: string, fallback: i64 = 0): i64 {
    return integerOf(getProperty(utf8(path)), fallback);
  }

  /** A property as the host encodes it, valid until the callback returns. */
  @inline
  propertyBytes(path: string): Bytes | null {
    return getProperty(utf8(path));
  }

  /**
   * Keeps a text with the stream, in the host: later callbacks of this exchange, and other filters, read it with
   * `recall`, and access logs as filter state `wasm.<name>`. No client can set it. `name` is one word; dots are part of it.
   */
  @inline
  remember(name: string, text: string): bool {
    return setFilterState(utf8(name), Bytes.ofText(text));
  }

  /** `remember` for bytes. */
  @inline
  rememberBytes(name: string, bytes: Bytes): bool {
    return setFilterState(utf8(name), bytes);
  }

  /** What was remembered under this name for this stream, null where nothing was. */
  @inline
  recall(name: string): string | null {
    return textOf(getFilterState(utf8("wasm."), utf8(name)));
  }

  /** `recall` as bytes, valid until the callback returns. */
  @inline
  recallBytes(name: string): Bytes | null {
    return getFilterState(utf8("wasm."), utf8(name));
  }

  /** Filter state of the stream as text, by its whole key, whichever filter set it; null where nothing was set. */
  @inline
  filterState(key: string): string | null {
    return textOf(getFilterState(utf8(""), utf8(key)));
  }

  /** `filterState` as bytes, valid until the callback returns. */
  @inline
  filterStateBytes(key: string): Bytes | null {
    return getFilterState(utf8(""), utf8(key));
  }
}

function textOf(bytes: Bytes | null): string | null {
  return bytes === null ? null : bytes.toString();
}

function integerOf(bytes: Bytes | null, fallback: i64): i64 {
  return bytes === null || bytes.length != 8 ? fallback : load<i64>(bytes.pointer);
}

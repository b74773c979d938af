import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_close_stream, proxy_continue_stream } from "../abi/env";
import { hostRefused } from "../abi/line";
import { utf8 } from "../abi/wire";
import { FilterStateSpan, setEnvoyFilterState } from "../host/filter-state";
import { getFilterState, getMetadata, getProperty, setFilterState } from "../host/properties";
import { Pairs, flagIn, numberIn } from "../host/property-values";
import { ConnectionFacts, Endpoint, RouteFacts } from "./facts";
import * as turn from "./turn";

/** What an HTTP exchange and a TCP connection have in common. Authors hold an `Exchange` or a `Connection`. */
export abstract class Context {
  /** The stream's number in the host: 0 before it is known and after the stream has ended. For the library's own use. */
  contextId: u32 = 0;

  /** Directions in which it waits, a bit for each `StreamType`. For the library's own use. */
  held: u32 = 0;

  /** The newest gRPC stream that was opened for it. For the library's own use. */
  streams: usize = 0;

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
    this.letGo(this.held);
  }

  /** Lets go on what waits in these directions, a bit for each `StreamType`. For the library's own use. */
  protected letGo(streams: u32): void {
    if (streams == 0 || !this.enter()) return;
    this.held &= ~streams;
    for (let stream: u32 = 0; stream < 4; ++stream) {
      if ((streams & (1 << stream)) == 0) continue;
      const status = proxy_continue_stream(stream);
      if (status != Status.Ok) hostRefused(utf8("proxy_continue_stream"), status);
    }
  }

  /** Gives back what belonged to it, when it has ended. For the library's own use. */
  release(): void {}

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

  /** A property that is a number with a fraction; 8 bytes, as an integer's: the host does not say which it is. */
  @inline
  propertyNumber(path: string, fallback: f64 = 0): f64 {
    return numberIn(getProperty(utf8(path)), fallback);
  }

  /** A property that is true or false; false where the host has none. */
  @inline
  propertyFlag(path: string): bool {
    return flagIn(getProperty(utf8(path)));
  }

  /** A property that is a moment, in nanoseconds since the Unix epoch; 0 where the host has none. */
  @inline
  propertyTime(path: string): u64 {
    return <u64>integerOf(getProperty(utf8(path)), 0);
  }

  /** A property that is a span of time, in nanoseconds; -1 where the host has none. */
  @inline
  propertyDuration(path: string): i64 {
    return integerOf(getProperty(utf8(path)), -1);
  }

  /** A property that is a map of texts (`request.headers`), valid until the callback returns; empty where there is none. */
  @inline
  propertyMap(path: string): Pairs {
    return Pairs.of(getProperty(utf8(path)));
  }

  /** A property that is a list, valid until the callback returns: its items are the names of the pairs. */
  @inline
  propertyList(path: string): Pairs {
    return Pairs.of(getProperty(utf8(path)));
  }

  /** A text in the stream's dynamic metadata, by name space (`envoy.filters.http.jwt_authn`) and key; null where none is. */
  @inline
  metadata(space: string, key: string): string | null {
    return textOf(getMetadata(utf8(space), utf8(key)));
  }

  /** A number in the stream's dynamic metadata. */
  @inline
  metadataNumber(space: string, key: string, fallback: f64 = 0): f64 {
    return numberIn(getMetadata(utf8(space), utf8(key)), fallback);
  }

  /** A flag in the stream's dynamic metadata; false where none is. */
  @inline
  metadataFlag(space: string, key: string): bool {
    return flagIn(getMetadata(utf8(space), utf8(key)));
  }

  /** The client's end of its connection. */
  get source(): Endpoint {
    return changetype<Endpoint>(1);
  }

  /** The proxy's end of the client's connection. */
  get destination(): Endpoint {
    return changetype<Endpoint>(2);
  }

  /** The client's connection. */
  get connection(): ConnectionFacts {
    return changetype<ConnectionFacts>(1);
  }

  /** Where the stream goes. */
  get route(): RouteFacts {
    return changetype<RouteFacts>(1);
  }

  /**
   * Sets filter state under a key of the host's own, for its other filters: the key has to be one that the host knows
   * (`envoy.string`, `envoy.network.upstream_server_name`). False where it does not. For keys of your own: `remember`.
   */
  @inline
  setFilterState(key: string, value: string, span: FilterStateSpan = FilterStateSpan.Chain): bool {
    return setEnvoyFilterState(utf8(key), utf8(value), span);
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

import { Bytes } from "../abi/bytes";
import { MapType } from "../abi/enums";
import { utf8 } from "../abi/wire";
import { getProperty, getFilterState, setFilterState } from "../host/properties";
import { Action } from "./action";
import { shows } from "./maps";
import { Request, Response } from "./message";
import { Reply, sendPlainReply } from "./reply";

/**
 * One request and its response. A filter that needs to keep something between the two extends this class and names its
 * own: `class Timing extends Exchange { began: u64 = 0 }`, `class Timer extends HttpFilter<Timing>`. Such an exchange
 * is made anew for each stream; the plain one is shared and holds nothing.
 */
export class Exchange {
  /** Whether this is the request's turn: its headers are in reach. */
  get inRequest(): bool {
    return shows(MapType.RequestHeaders);
  }

  get request(): Request {
    return changetype<Request>(1);
  }

  get response(): Response {
    return changetype<Response>(1);
  }

  /**
   * Answers in place of the upstream, in `onRequest` or `onResponse`; return what it returns. The body is sent as UTF-8
   * text. The first reply of a callback counts. After a reply in `onRequest` the filter's own `onResponse` sees it.
   * `details` is what access logs show as response code details.
   */
  @inline
  reply(status: u32, body: string = "", details: string = ""): Action {
    sendPlainReply(status, utf8(body), utf8(details));
    return Action.Pause;
  }

  /** `reply` with headers and more. */
  respond(reply: Reply): Action {
    reply.send();
    return Action.Pause;
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

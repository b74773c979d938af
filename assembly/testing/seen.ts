import {
  Handle,
  Part,
  exchange_body,
  exchange_details,
  exchange_field,
  exchange_forwarded,
  exchange_state,
  exchange_waiting,
} from "./harness";
import { fetch, fetchText } from "./text";

/** What the client and the upstream saw of an exchange. Bytes that are not UTF-8 show as characters U+DC80–U+DCFF. */
export class Seen {
  /** For the harness. */
  constructor(readonly handle: Handle) {}

  /** Status that the client got, 0 where it got no answer. */
  get status(): i32 {
    return this.number(Part.ClientHeaders, ":status", 0);
  }

  /** Body that the client got. */
  get body(): string {
    return fetchText(exchange_body(this.handle, Part.ClientHeaders));
  }

  /** A header that the client got, null where it is absent; of several the first. */
  header(name: string): string | null {
    return fetch(exchange_field(this.handle, Part.ClientHeaders, name, 0));
  }

  /** All lines of a header that the client got, in order. */
  headers(name: string): string[] {
    return this.all(Part.ClientHeaders, name);
  }

  /** A trailer that the client got, null where it is absent. */
  trailer(name: string): string | null {
    return fetch(exchange_field(this.handle, Part.ClientTrailers, name, 0));
  }

  /** gRPC status that the client got, in headers or trailers; -1 where it got none. */
  get grpcStatus(): i32 {
    return this.number(
      Part.ClientHeaders,
      "grpc-status",
      this.number(Part.ClientTrailers, "grpc-status", -1),
    );
  }

  /** Why the proxy answered or cut the exchange itself, as access logs show it; "" where it did not. */
  get details(): string {
    return fetchText(exchange_details(this.handle));
  }

  /** Whether the request reached the upstream. */
  get forwarded(): bool {
    return exchange_forwarded(this.handle);
  }

  /** Whether the filter holds the exchange and nobody answered. */
  get waiting(): bool {
    return exchange_waiting(this.handle);
  }

  /** Whether the upstream got a header. */
  upstreamHas(name: string): bool {
    return this.upstreamHeader(name) !== null;
  }

  /** A header that the upstream got, null where it is absent; of several the first. */
  upstreamHeader(name: string): string | null {
    return fetch(exchange_field(this.handle, Part.UpstreamHeaders, name, 0));
  }

  /** All lines of a header that the upstream got, in order. */
  upstreamHeaders(name: string): string[] {
    return this.all(Part.UpstreamHeaders, name);
  }

  /** A trailer that the upstream got, null where it is absent. */
  upstreamTrailer(name: string): string | null {
    return fetch(exchange_field(this.handle, Part.UpstreamTrailers, name, 0));
  }

  /** Body that the upstream got. */
  get upstreamBody(): string {
    return fetchText(exchange_body(this.handle, Part.UpstreamHeaders));
  }

  /** What the filter remembered under this name with the stream (filter state `wasm.<name>`), null where nothing. */
  remembered(name: string): string | null {
    return fetch(exchange_state(this.handle, name));
  }

  private all(part: Part, name: string): string[] {
    const values: string[] = [];
    let value = fetch(exchange_field(this.handle, part, name, 0));
    while (value !== null) {
      values.push(value);
      value = fetch(exchange_field(this.handle, part, name, values.length));
    }
    return values;
  }

  private number(part: Part, name: string, otherwise: i32): i32 {
    const value = fetch(exchange_field(this.handle, part, name, 0));
    return value === null ? otherwise : <i32>parseInt(value);
  }
}

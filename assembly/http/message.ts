import { BufferType, MapType } from "../abi/enums";
import { utf8 } from "../abi/wire";
import { integer, text } from "../host/property-values";
import { Body } from "./body";
import { Cookies } from "./cookies";
import { Headers } from "./headers";
import { Query } from "./query";
import { statusOf } from "./status";

/** The request of an exchange. */
@unmanaged
export class Request {
  /** Its header fields; shown by the host in `onRequest`. */
  get headers(): Headers {
    return changetype<Headers>(MapType.RequestHeaders);
  }

  /** Its body, as far as it has arrived and not gone on. */
  get body(): Body {
    return changetype<Body>(BufferType.RequestBody);
  }

  /** Its trailer fields; shown by the host in `onRequestTrailers`. */
  get trailers(): Headers {
    return changetype<Headers>(MapType.RequestTrailers);
  }

  /** Its query parameters. */
  get query(): Query {
    return changetype<Query>(1);
  }

  /** Its cookies. */
  get cookies(): Cookies {
    return changetype<Cookies>(1);
  }

  /** Method, for example `GET`. In `onRequest`, as are the three below. */
  get method(): string {
    return this.pseudo(":method");
  }

  /** Path with query, as the client sent it and the proxy normalised it. */
  get path(): string {
    return this.pseudo(":path");
  }

  /** Host, with its port where the client named one. */
  get authority(): string {
    return this.pseudo(":authority");
  }

  /** `http` or `https`, as the proxy sees it. */
  get scheme(): string {
    return this.pseudo(":scheme");
  }

  /** When it arrived, in nanoseconds since the Unix epoch. In all callbacks of its exchange, as are the three below. */
  get time(): u64 {
    return <u64>integer(utf8("request.time"));
  }

  /** `HTTP/1.0`, `HTTP/1.1`, `HTTP/2` or `HTTP/3`. */
  get protocol(): string | null {
    return text(utf8("request.protocol"));
  }

  /** Bytes of its body: what content-length says, or else what has arrived. */
  get size(): i64 {
    return integer(utf8("request.size"));
  }

  /** Bytes of its headers and of what of its body has arrived. */
  get totalSize(): i64 {
    return integer(utf8("request.total_size"));
  }

  /** From its arrival to the end of the exchange, in nanoseconds. In `onLog`; -1 before. */
  get duration(): i64 {
    return integer(utf8("request.duration"), -1);
  }

  private pseudo(name: string): string {
    const value = this.headers.get(name);
    return value === null ? "" : value;
  }
}

/** The response of an exchange. */
@unmanaged
export class Response {
  /** Its header fields; shown by the host in `onResponse`. */
  get headers(): Headers {
    return changetype<Headers>(MapType.ResponseHeaders);
  }

  /** Its body, as far as it has arrived and not gone on. */
  get body(): Body {
    return changetype<Body>(BufferType.ResponseBody);
  }

  /** Its trailer fields; shown by the host in `onResponseTrailers`. */
  get trailers(): Headers {
    return changetype<Headers>(MapType.ResponseTrailers);
  }

  /** Status code, 0 where it is not known yet. In `onResponse`. */
  get status(): i32 {
    return statusOf(this.headers);
  }

  /** Status code, 0 while there is none. From `onResponse` on, in `onLog` too; a host call, where `status` reads the headers. */
  get code(): i32 {
    return <i32>integer(utf8("response.code"));
  }

  /** Why the proxy answered itself, or that the upstream did: `via_upstream`. From `onResponse` on. */
  get codeDetails(): string | null {
    return text(utf8("response.code_details"));
  }

  /** The proxy's flags for what went wrong, as bits; 0: nothing. In all callbacks. */
  get flags(): i64 {
    return integer(utf8("response.flags"));
  }

  /** gRPC status, from headers or trailers or derived from the status code; -1 while there is none. From `onResponse` on. */
  get grpcStatus(): i32 {
    return <i32>integer(utf8("response.grpc_status"), -1);
  }

  /** Bytes of its body so far. */
  get size(): i64 {
    return integer(utf8("response.size"));
  }

  /** Bytes of its headers, body and trailers so far. */
  get totalSize(): i64 {
    return integer(utf8("response.total_size"));
  }

  /** How long the upstream took to begin its answer, in nanoseconds; -1 while it has not. From `onResponseBody` on. */
  get backendLatency(): i64 {
    return integer(utf8("response.backend_latency"), -1);
  }
}

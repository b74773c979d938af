import { Bytes } from "../abi/bytes";
import { proxy_http_call } from "../abi/env";
import { OUT } from "../abi/out";
import { listSize, pairList } from "../abi/pair-list";
import { forbidden, isHeaderName, isHeaderValue, sizeOf, utf8 } from "../abi/wire";
import * as clock from "../host/clock";
import { Context } from "../stream/context";
import { Sender } from "../stream/sender";

/** Milliseconds that a call may take unless it says otherwise: below the 15 s after which an idle stream is ended. */
const USUAL_TIMEOUT: u32 = 5000;

/** The host frames a call itself: what would say otherwise breaks it. */
function isFraming(name: string): bool {
  const field = name.toLowerCase();
  return (
    field.startsWith(":") ||
    field == "content-length" ||
    field == "connection" ||
    field == "transfer-encoding"
  );
}

/**
 * An HTTP request of a filter's own to a cluster of the proxy's configuration:
 * `x.send(new Call("authz", "GET", "/check").header("x-user", user).within(200))`. It is sent once: make a new one for
 * each call.
 */
export class Call {
  /** The exchange or connection that it was sent for; null where the filter itself sent it. For the library's own use. */
  owner: Context | null = null;

  /** The filter that sent it for itself. For the library's own use. */
  sender: Sender | null = null;

  private fields: string[];
  private content: Uint8Array | null = null;

  private began: u64 = 0;

  /** Milliseconds that the answer may take. */
  protected timeout: u32 = USUAL_TIMEOUT;

  /** `path` with its query. The authority is the cluster's name until `authority` says otherwise. */
  constructor(
    readonly cluster: string,
    readonly method: string,
    readonly path: string,
  ) {
    this.fields = [":method", method, ":path", path, ":authority", cluster];
  }

  /** The host name that the other side is addressed by. */
  authority(host: string): Call {
    this.fields[5] = host;
    return this;
  }

  /**
   * Adds a header line; null adds none. One that HTTP forbids, or that would frame the call (`content-length`), is left
   * out, with a line in the log.
   */
  header(name: string, value: string | null): Call {
    if (value !== null) this.add(this.fields, name, value);
    return this;
  }

  /** The body, sent as UTF-8. The host sets content-length. */
  body(text: string): Call {
    return this.bodyBytes(Bytes.ofText(text));
  }

  /** `body` for bytes, which are copied. */
  bodyBytes(bytes: Bytes): Call {
    this.content = bytes.toArray();
    return this;
  }

  /** How long the answer may take, in milliseconds; 5000 unless given. Stay below the proxy's timeout for idle streams. */
  within(milliseconds: u32): Call {
    // To the host 0 means no limit at all, and what has 32 bits is below 0.
    this.timeout = min(max(milliseconds, 1), i32.MAX_VALUE);
    return this;
  }

  /** Begins to count the time. For the library's own use. */
  begin(): void {
    this.began = clock.milliseconds();
  }

  /** Whether its time is up. For the library's own use. */
  isLate(): bool {
    // Read in whole milliseconds, the two moments may seem nearer than they are.
    return clock.milliseconds() + 1 >= this.began + this.timeout;
  }

  /** Hands it to the host: its number there, in `OUT`, or why not. For the library's own use. */
  dispatch(): u32 {
    const headers = pairList(this.fields);
    const headersSize = listSize;
    const trailers = pairList([]);
    const cluster = utf8(this.cluster);
    const body = this.bodyView();
    return proxy_http_call(
      cluster,
      sizeOf(cluster),
      headers,
      headersSize,
      body.pointer,
      body.length,
      trailers,
      listSize,
      this.timeout,
      OUT,
    );
  }

  /** Whether it is numbered among the host's gRPC calls. For the library's own use. */
  get isGrpc(): bool {
    return false;
  }

  protected bodyView(): Bytes {
    const content = this.content;
    return content === null ? Bytes.view(0, 0) : Bytes.of(content);
  }

  private add(fields: string[], name: string, value: string): void {
    const sound = isHeaderName(name) && isHeaderValue(value) && !isFraming(name);
    if (sound) fields.push(name);
    if (sound) fields.push(value);
    if (!sound) forbidden(utf8(name));
  }
}

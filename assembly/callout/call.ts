import { Bytes } from "../abi/bytes";
import { isEncoded } from "../abi/compare";
import { Status } from "../abi/enums";
import { proxy_http_call } from "../abi/env";
import { OUT } from "../abi/out";
import { listSize } from "../abi/pair-list";
import { forbidden, nameOf, sizeOf, utf8, valueOf } from "../abi/wire";
import { AnyCall } from "./any-call";
import { Fields } from "./fields";

/** An empty pair list. */
const NO_TRAILERS = memory.data<u32>([0]);

/**
 * An HTTP request of a filter's own to a cluster of the proxy's configuration:
 * `x.send(new Call("authz", "GET", "/check").header("x-user", user).within(200))`. It is sent once: make a new one for
 * each call.
 */
export class Call extends AnyCall {
  private fields: Fields = new Fields();

  /** `path` with its query. The authority is the cluster's name until `authority` says otherwise. */
  constructor(cluster: string, method: string, path: string) {
    super(cluster, method, path);
    this.fields.add(":method", method);
    this.fields.add(":path", path);
    this.fields.add(":authority", cluster);
  }

  /** The host name that the other side is addressed by. */
  authority(host: string): Call {
    this.fields.set(5, host);
    return this;
  }

  /**
   * Adds a header line; null adds none. One that HTTP forbids, or that would frame the call (`content-length`), is left
   * out, with a line in the log.
   */
  header(name: string, value: string | null): Call {
    if (value !== null) this.add(name, value);
    return this;
  }

  /** The body, sent as UTF-8. The host sets content-length. */
  body(text: string): Call {
    return this.bodyBytes(Bytes.ofText(text));
  }

  /** `body` for bytes, which are copied. */
  bodyBytes(bytes: Bytes): Call {
    this.setContent(bytes);
    return this;
  }

  /** How long the answer may take, in milliseconds; 5000 unless given. Stay below the proxy's timeout for idle streams. */
  within(milliseconds: u32): Call {
    this.setTimeout(milliseconds);
    return this;
  }

  dispatch(): u32 {
    // Where they come from a client they may hold what HTTP forbids: such a call fails as one that the host refuses.
    for (let i = 1; i < 6; i += 2) if (valueOf(this.fields.at(i)) == 0) return Status.BadArgument;
    const headers = this.fields.list();
    const headersSize = listSize;
    const cluster = utf8(this.cluster);
    const body = this.bodyView();
    return proxy_http_call(
      cluster,
      sizeOf(cluster),
      headers,
      headersSize,
      body.pointer,
      body.length,
      NO_TRAILERS,
      4,
      this.timeout,
      OUT,
    );
  }

  private add(name: string, value: string): void {
    const field = nameOf(name);
    const sound = field != 0 && valueOf(value) != 0 && !isFraming(field);
    if (sound) this.fields.add(name, value);
    else forbidden(utf8(name));
  }
}

/** The host frames a call itself: what would say otherwise breaks it. `name` is an encoded one. */
function isFraming(name: usize): bool {
  const size = sizeOf(name);
  return (
    load<u8>(name) == 0x3a ||
    isEncoded(name, size, utf8("content-length")) ||
    isEncoded(name, size, utf8("connection")) ||
    isEncoded(name, size, utf8("transfer-encoding"))
  );
}

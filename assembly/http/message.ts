import { MapType } from "../abi/enums";
import { Cookies } from "./cookies";
import { Headers } from "./headers";
import { Query } from "./query";

/** The request of an exchange. */
@unmanaged
export class Request {
  /** Its header fields; shown by the host in `onRequest`. */
  get headers(): Headers {
    return changetype<Headers>(MapType.RequestHeaders);
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

  /** Status code, 0 where it is not known yet. In `onResponse`. */
  get status(): i32 {
    const bytes = this.headers.getBytes(":status");
    if (bytes === null) return 0;
    let status = 0;
    for (let i = 0; i < bytes.length; ++i) status = status * 10 + <i32>(bytes.at(i) - 0x30);
    return status;
  }
}

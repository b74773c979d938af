import { Bytes, Request, config, isHeaderName } from "meshscript/assembly";

/** A place of the request where a key may stand: exactly one of the three is set. */
export class KeySource {
  /** Name of a header; `Bearer ` in front of the key is left out. */
  header: string = config.text("header", "");
  /** Name of a query parameter. */
  query: string = config.text("query", "");
  /** Name of a cookie. */
  cookie: string = config.text("cookie", "");

  constructor() {
    const set = <i32>(this.header != "") + <i32>(this.query != "") + <i32>(this.cookie != "");
    if (set != 1) config.problem("", "expected exactly one of header, query, cookie");
    checkHeader(this.header);
  }

  /** How many keys stand there. */
  count(request: Request): i32 {
    if (this.header != "") return request.headers.count(this.header);
    return this.query != "" ? request.query.count(this.query) : request.cookies.count(this.cookie);
  }

  /** The first key there. */
  read(request: Request): Bytes | null {
    if (this.query != "") return request.query.getBytes(this.query);
    if (this.cookie != "") return request.cookies.getBytes(this.cookie);
    const value = request.headers.getBytes(this.header);
    return value !== null && value.startsWith("Bearer ") ? value.slice(7) : value;
  }

  /** Takes all keys away from there. */
  strip(request: Request): void {
    if (this.header != "") request.headers.remove(this.header);
    else if (this.query != "") request.query.remove(this.query);
    else request.cookies.remove(this.cookie);
  }
}

/** Lists a name that no header can have, and pseudo-headers: they route the request and are neither set nor taken away. */
export function checkHeader(name: string): void {
  const sound = name == "" || (isHeaderName(name) && name.charCodeAt(0) != 0x3a);
  if (!sound) config.problem("header", "is no name of a header");
}

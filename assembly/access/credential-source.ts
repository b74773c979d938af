import { Bytes } from "../abi/bytes";
import { sameBytes } from "../abi/compare";
import { MapType } from "../abi/enums";
import { utf8 } from "../abi/wire";
import { headerName, text } from "../config/reader";
import { problem } from "../config/scope";
import { drop } from "../http/headers";
import { countOf, size, value } from "../http/maps";
import { Request } from "../http/message";
import { Encoded } from "./encoded";

/** A place of the request where a credential may stand: exactly one of header, query and cookie is set. */
export class CredentialSource {
  /** Name of a header. */
  header: string = headerName(utf8("header"), "");
  /** What stands in front of the credential in the header; a value that does not begin with it holds none. */
  value_prefix: string = text(utf8("value_prefix"), "");
  /** Name of a query parameter. */
  query: string = text(utf8("query"), "");
  /** Name of a cookie. */
  cookie: string = text(utf8("cookie"), "");

  private field: Encoded = Encoded.name(this.header);
  private prefix: Encoded = Encoded.text(this.value_prefix);

  constructor() {
    const set = <i32>(this.header != "") + <i32>(this.query != "") + <i32>(this.cookie != "");
    if (set != 1) problem(utf8(""), -1, utf8("expected exactly one of header, query, cookie"));
    if (this.value_prefix != "" && this.header == "")
      problem(utf8("value_prefix"), -1, utf8("stands in front of headers only"));
  }

  /** A place that no setting names: the default of a filter. */
  static of(
    header: string,
    value_prefix: string = "",
    query: string = "",
    cookie: string = "",
  ): CredentialSource {
    const source = changetype<CredentialSource>(
      __new(offsetof<CredentialSource>(), idof<CredentialSource>()),
    );
    source.header = header;
    source.value_prefix = value_prefix;
    source.query = query;
    source.cookie = cookie;
    source.field = Encoded.name(header);
    source.prefix = Encoded.text(value_prefix);
    return source;
  }

  /**
   * How many values stand there, whatever they begin with. More than one is no credential: it is anybody's guess which one
   * counts.
   */
  count(request: Request): i32 {
    if (this.header != "") return countOf(MapType.RequestHeaders, this.field.at);
    return this.query != "" ? request.query.count(this.query) : request.cookies.count(this.cookie);
  }

  /** The first credential there, without its prefix; null where there is none or its prefix is missing. */
  read(request: Request): Bytes | null {
    if (this.query != "") return request.query.getBytes(this.query);
    if (this.cookie != "") return request.cookies.getBytes(this.cookie);
    if (countOf(MapType.RequestHeaders, this.field.at) == 0) return null;
    const before = this.prefix.size;
    if (size < <u32>before || !sameBytes(value, this.prefix.at, before)) return null;
    return Bytes.view(value + before, size - before);
  }

  /** Takes all of them away from there. */
  strip(request: Request): void {
    if (this.header != "") drop(MapType.RequestHeaders, this.field.at);
    else if (this.query != "") request.query.remove(this.query);
    else request.cookies.remove(this.cookie);
  }
}

import { Bytes, BytesBuilder, Exchange, Headers, plugin } from "meshscript/assembly";

/** What a part of a value is: a text, or an operator of Envoy's substitution format. */
export enum Kind {
  Unknown,
  Text,
  Req,
  Resp,
  FilterState,
  Protocol,
  RemoteAddress,
  RemoteHost,
  LocalAddress,
  LocalHost,
  LocalPort,
  ServerName,
  ConnectionId,
  RouteName,
  UpstreamCluster,
  /** From here on, only once there is a response. */
  UpstreamHost,
  ResponseCode,
  ResponseCodeDetails,
}

export class Part {
  /** The part behind it. */
  next: Part | null = null;
  /** Under which name a request header is kept for the response. */
  private keptAs: string = "";

  constructor(
    public kind: Kind,
    /** A text, the name of a header, a key. */
    public name: string = "",
    /** The header that counts where the first one is absent; no header is called "". */
    public other: string = "",
    /** Most bytes it may have. */
    public limit: i32 = i32.MAX_VALUE,
    /** What it is written as. */
    source: string = "",
  ) {
    if (kind == Kind.Req) this.keptAs = "meshscript." + plugin.name() + "." + source;
  }

  /** Whether it is known only once there is a response. */
  get inResponse(): bool {
    return this.kind == Kind.Resp || this.kind >= Kind.UpstreamHost;
  }

  /** What it is for an exchange, null where that is not known. */
  read(x: Exchange): Bytes | null {
    const value = this.find(x);
    return value === null ? value : value.slice(0, this.limit);
  }

  private find(x: Exchange): Bytes | null {
    const kind = this.kind;
    if (kind == Kind.Text) return Bytes.ofText(this.name);
    if (kind == Kind.Req) return x.inRequest ? this.from(x.request.headers) : x.recallBytes(this.keptAs);
    if (kind == Kind.Resp) return this.from(x.response.headers);
    if (kind == Kind.FilterState) return x.filterStateBytes(this.name);
    if (kind == Kind.Protocol) return x.propertyBytes("request.protocol");
    if (kind == Kind.RemoteAddress) return x.propertyBytes("source.address");
    if (kind == Kind.RemoteHost) return hostOf(x.propertyBytes("source.address"));
    if (kind == Kind.LocalAddress) return x.propertyBytes("destination.address");
    if (kind == Kind.LocalHost) return hostOf(x.propertyBytes("destination.address"));
    if (kind == Kind.LocalPort) return numberOf(x.propertyInteger("destination.port", -1));
    if (kind == Kind.ServerName) return x.propertyBytes("connection.requested_server_name");
    if (kind == Kind.ConnectionId) return numberOf(x.propertyInteger("connection.id", -1));
    if (kind == Kind.RouteName) return x.propertyBytes("xds.route_name");
    if (kind == Kind.UpstreamCluster) return x.propertyBytes("xds.cluster_name");
    if (kind == Kind.UpstreamHost) return x.propertyBytes("upstream.address");
    if (kind == Kind.ResponseCode) return numberOf(x.propertyInteger("response.code", -1));
    return x.propertyBytes("response.code_details");
  }

  /** Adds what it and those behind it are for an exchange. */
  addTo(value: BytesBuilder, x: Exchange): void {
    const read = this.read(x);
    if (read !== null) value.add(read);
    const next = this.next;
    if (next !== null) next.addTo(value, x);
  }

  /** Keeps in `onRequest` what it and those behind it will need in `onResponse`. */
  remember(x: Exchange): void {
    const value = this.kind == Kind.Req ? this.read(x) : null;
    if (value !== null) x.rememberBytes(this.keptAs, value);
    const next = this.next;
    if (next !== null) next.remember(x);
  }

  private from(headers: Headers): Bytes | null {
    const value = headers.getBytes(this.name);
    return value === null ? headers.getBytes(this.other) : value;
  }
}

function numberOf(value: i64): Bytes | null {
  return value < 0 ? null : BytesBuilder.begin().addInteger(value).bytes;
}

/** `10.0.0.1:80` and `[::1]:80` without the port and the brackets. */
function hostOf(address: Bytes | null): Bytes | null {
  if (address === null || address.length == 0) return null;
  let end = address.length;
  while (end > 0 && address.at(end - 1) != 0x3a) --end;
  return address.at(0) == 0x5b ? address.slice(1, end - 2) : address.slice(0, end - 1);
}

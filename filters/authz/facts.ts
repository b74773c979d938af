import { Bytes, ClientAddress, Exchange, Json, identity, normalPath, peerAddress } from "meshscript/assembly";

enum Fact {
  Path = 1,
  Consumer = 2,
  Claims = 4,
  Peer = 8,
  Client = 16,
  Uri = 32,
  Dns = 64,
  Subject = 128,
}

/**
 * What rules may ask about the request that is being decided. Asking the host is dear, so each fact is read when the first
 * rule asks for it, once.
 */
export class Facts {
  private read: u32 = 0;
  private x: Exchange | null = null;
  private readPath: Bytes | null = null;
  private readConsumer: Bytes | null = null;
  private readClaims: Json | null = null;
  private readPeer: Bytes | null = null;
  private readClient: Bytes | null = null;
  private readUri: Bytes | null = null;
  private readDns: Bytes | null = null;
  private readSubject: Bytes | null = null;

  constructor(
    private client_address: ClientAddress,
    private identity_from_header: string,
  ) {}

  /** Forgets the request before. */
  begin(x: Exchange): void {
    this.x = x;
    this.read = 0;
  }

  get exchange(): Exchange {
    return changetype<Exchange>(this.x);
  }

  /** In normal form; null where it is ambiguous. */
  get path(): Bytes | null {
    if (this.isNew(Fact.Path)) this.readPath = normalPath(this.exchange.request);
    return this.readPath;
  }

  /** Who it is; null where nobody has found out, or the header that says so contradicts itself. */
  get consumer(): Bytes | null {
    if (this.isNew(Fact.Consumer)) this.readConsumer = nonEmpty(this.findConsumer());
    return this.readConsumer;
  }

  /** The claims of a verified token; null where there is none. */
  get claims(): Json | null {
    if (this.isNew(Fact.Claims)) {
      const json = identity.claimsOf(this.exchange);
      this.readClaims = json === null ? null : Json.read(json);
    }
    return this.readClaims;
  }

  /** Address of the connection. */
  get peer(): Bytes | null {
    if (this.isNew(Fact.Peer)) this.readPeer = peerAddress(this.exchange);
    return this.readPeer;
  }

  /** Address of the client. */
  get client(): Bytes | null {
    if (this.client_address.xff_num_trusted_hops == 0) return this.peer;
    if (this.isNew(Fact.Client)) this.readClient = this.client_address.of(this.exchange);
    return this.readClient;
  }

  /** First URI of the peer's certificate. */
  get uri(): Bytes | null {
    if (this.isNew(Fact.Uri))
      this.readUri = nonEmpty(this.exchange.propertyBytes("connection.uri_san_peer_certificate"));
    return this.readUri;
  }

  /** First DNS name of the peer's certificate. */
  get dns(): Bytes | null {
    if (this.isNew(Fact.Dns))
      this.readDns = nonEmpty(this.exchange.propertyBytes("connection.dns_san_peer_certificate"));
    return this.readDns;
  }

  /** Subject of the peer's certificate. */
  get subject(): Bytes | null {
    if (this.isNew(Fact.Subject))
      this.readSubject = nonEmpty(this.exchange.propertyBytes("connection.subject_peer_certificate"));
    return this.readSubject;
  }

  private findConsumer(): Bytes | null {
    if (this.identity_from_header == "") return identity.consumerOf(this.exchange);
    return this.exchange.request.headers.onlyBytes(this.identity_from_header);
  }

  private isNew(fact: Fact): bool {
    if ((this.read & fact) != 0) return false;
    this.read |= fact;
    return true;
  }
}

function nonEmpty(bytes: Bytes | null): Bytes | null {
  return bytes === null || bytes.length == 0 ? null : bytes;
}

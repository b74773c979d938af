import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_grpc_call } from "../abi/env";
import { OUT } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { AnyCall } from "./any-call";
import { Kind } from "./flying";
import { grpcService } from "./grpc-service";
import { Metadata } from "./metadata";

/**
 * A gRPC call with one request and one response: `x.send(new GrpcCall("authz", "acme.Authz", "Check", message))`. Its answer
 * comes as that of a `Call`, with `grpcStatus` in place of `status`. `header` adds metadata.
 */
export class GrpcCall extends AnyCall {
  private metadata: Metadata = new Metadata();
  private host: string = "";

  /** `service` with its package, `message` as protobuf (see `ProtoWriter`). */
  constructor(
    cluster: string,
    private service: string,
    private rpc: string,
    message: Bytes,
  ) {
    super(cluster, "POST", "/" + service + "/" + rpc);
    this.kind = Kind.GrpcCall;
    this.setContent(message);
  }

  /** The host name that the other side is addressed by; the cluster's unless given. */
  authority(host: string): GrpcCall {
    this.host = host;
    return this;
  }

  /** Adds metadata; null adds none. What HTTP forbids is left out, with a line in the log. */
  header(name: string, value: string | null): GrpcCall {
    if (value !== null) this.metadata.add(name, value);
    return this;
  }

  /** How long the answer may take, in milliseconds; 5000 unless given. Stay below the proxy's timeout for idle streams. */
  within(milliseconds: u32): GrpcCall {
    this.setTimeout(milliseconds);
    return this;
  }

  dispatch(): u32 {
    // A message without a name would end the host's process.
    if (this.cluster.length == 0) return Status.BadArgument;
    const target = grpcService(this.cluster, this.host);
    const service = utf8(this.service);
    const rpc = utf8(this.rpc);
    const message = this.bodyView();
    const list = this.metadata.list();
    return proxy_grpc_call(
      target.pointer,
      target.length,
      service,
      sizeOf(service),
      rpc,
      sizeOf(rpc),
      list,
      Metadata.size,
      message.pointer,
      message.length,
      this.timeout,
      OUT,
    );
  }
}

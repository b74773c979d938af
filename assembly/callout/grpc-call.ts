import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_grpc_call } from "../abi/env";
import { OUT } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { Call } from "./call";
import { grpcService } from "./grpc-service";
import { Metadata } from "./metadata";

/**
 * A gRPC call with one request and one response: `x.send(new GrpcCall("authz", "acme.Authz", "Check", message))`. Its answer
 * comes as that of a `Call`, with `grpcStatus` in place of `status`. `header` adds metadata.
 */
export class GrpcCall extends Call {
  private metadata: Metadata = new Metadata();

  /** `service` with its package, `message` as protobuf (see `ProtoWriter`). */
  constructor(
    cluster: string,
    private service: string,
    private rpc: string,
    message: Bytes,
  ) {
    super(cluster, "POST", "/" + service + "/" + rpc);
    this.bodyBytes(message);
  }

  override header(name: string, value: string | null): Call {
    if (value !== null) this.metadata.add(name, value);
    return this;
  }

  override dispatch(): u32 {
    // A message without a name would end the host's process.
    if (this.cluster.length == 0) return Status.BadArgument;
    const target = grpcService(this.cluster);
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

  override get isGrpc(): bool {
    return true;
  }
}

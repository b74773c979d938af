import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_grpc_cancel, proxy_grpc_close, proxy_grpc_send, proxy_grpc_stream } from "../abi/env";
import { hostRefused } from "../abi/line";
import { OUT } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { Headers } from "../http/headers";
import { Flying, Kind } from "./flying";
import { grpcService } from "./grpc-service";
import { Metadata } from "./metadata";
import * as flight from "./flight";

/**
 * A gRPC stream: extend it, override what you want to hear, and open it with `x.open(stream)` for an exchange or with
 * `this.open(stream)` for the filter itself. The stream of an exchange is cancelled when the exchange ends. While one of its
 * handlers runs, the exchange is the one that host calls are about, so it may be answered or resumed there.
 */
export class GrpcStream extends Flying {
  /** The next stream of the same owner. For the library's own use. */
  sibling: usize = 0;

  private metadata: Metadata = new Metadata();

  /** `service` with its package. */
  constructor(
    readonly cluster: string,
    readonly service: string,
    readonly method: string,
  ) {
    super();
    this.kind = Kind.GrpcStream;
  }

  /** Adds metadata, before the stream is opened. */
  header(name: string, value: string): GrpcStream {
    this.metadata.add(name, value);
    return this;
  }

  /** The other side has answered; `metadata` is shown in this handler only. */
  onInitialMetadata(metadata: Headers): void {}

  /** A message has come; it is valid until this returns. */
  onMessage(message: Bytes): void {}

  /** The other side is about to close; `metadata` is shown in this handler only. */
  onTrailingMetadata(metadata: Headers): void {}

  /** The other side has closed, or could not be reached: `status` is gRPC's (0: all well). Nothing comes after it. */
  onClose(status: i32, message: string): void {}

  /** Whether messages can be sent. */
  get isOpen(): bool {
    return this.token != 0;
  }

  /** Sends a message; `last` says that none follows. False where the stream is not open, or the host refuses it. */
  send(message: Bytes, last: bool = false): bool {
    if (this.token == 0) return false;
    const status = proxy_grpc_send(this.token, message.pointer, message.length, last ? 1 : 0);
    return status == Status.Ok || hostRefused(utf8("proxy_grpc_send"), status);
  }

  /** Sends no more. What the other side still sends arrives, and `onClose` at the end. */
  close(): bool {
    if (this.token == 0) return false;
    const status = proxy_grpc_close(this.token);
    return status == Status.Ok || hostRefused(utf8("proxy_grpc_close"), status);
  }

  /** Ends the stream both ways at once. Nothing is heard of it any more, `onClose` included. */
  cancel(): bool {
    if (this.token == 0) return false;
    const status = proxy_grpc_cancel(this.token);
    flight.landed(this);
    return status == Status.Ok || hostRefused(utf8("proxy_grpc_cancel"), status);
  }

  /** Has the host open it: its number there, in `OUT`, or why not. For the library's own use. */
  dispatch(): u32 {
    // A message without a name would end the host's process.
    if (this.cluster.length == 0) return Status.BadArgument;
    const target = grpcService(this.cluster);
    const service = utf8(this.service);
    const method = utf8(this.method);
    const list = this.metadata.list();
    return proxy_grpc_stream(
      target.pointer,
      target.length,
      service,
      sizeOf(service),
      method,
      sizeOf(method),
      list,
      Metadata.size,
      OUT,
    );
  }
}

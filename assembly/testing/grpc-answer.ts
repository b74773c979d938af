import { Message } from "./message";
import { message_body_bytes } from "./harness";

/** What a gRPC callee answers: `new GrpcAnswer().message(bytes)`, or with a status alone `new GrpcAnswer(7, "not you")`. */
export class GrpcAnswer extends Message {
  constructor(status: i32 = 0, message: string = "") {
    super();
    this.header(":status", "200").header("content-type", "application/grpc");
    this.trailer("grpc-status", status.toString());
    if (message.length > 0) this.trailer("grpc-message", message);
  }

  /** Adds a message. */
  message(bytes: Uint8Array): GrpcAnswer {
    const framed = new Uint8Array(5 + bytes.length);
    store<u32>(framed.dataStart, bswap<u32>(bytes.length), 1);
    memory.copy(framed.dataStart + 5, bytes.dataStart, bytes.length);
    message_body_bytes(this.handle, framed.dataStart, framed.length);
    return this;
  }
}

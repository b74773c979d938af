import { BufferType, StreamType } from "../abi/enums";
import { AnyCall } from "../callout/any-call";
import * as flight from "../callout/flight";
import { GrpcStream } from "../callout/grpc-stream";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { UpstreamFacts } from "../stream/facts";
import { Data } from "./data";
import { STREAMS } from "../stream/needs";

/**
 * A client's TCP connection, and the one to the upstream that belongs to it. A filter that keeps something of a connection
 * extends this class and names its own: `class Session extends Connection { greeted: bool = false }`,
 * `class Mail extends TcpFilter<Session>`. It is made anew for each connection.
 */
export class Connection extends Context {
  /** What the client has sent. */
  get downstream(): Data {
    return this.enter() ? changetype<Data>(BufferType.DownstreamData) : Data.none;
  }

  /** What the upstream has sent. */
  get upstream(): Data {
    return this.enter() ? changetype<Data>(BufferType.UpstreamData) : Data.none;
  }

  /** What the host knows of the upstream. */
  get upstreamHost(): UpstreamFacts {
    return changetype<UpstreamFacts>(1);
  }

  /**
   * Makes a call for this connection: return what it returns, and `onCallResponse` decides how it goes on. Several calls may be
   * under way at once. A call that the host refuses comes to its end in the same way, when the handler has returned.
   */
  send(call: AnyCall): Action {
    return this.enter() ? flight.send(call, this, null) : Action.Pause;
  }

  /** Opens a gRPC stream for this connection. False: the host refuses it, and the log says why. */
  open(stream: GrpcStream): bool {
    return this.enter() && flight.open(stream, this, null);
  }

  /** Gives back what belonged to it. For the library's own use. */
  release(): void {
    if (STREAMS) flight.cancelAll(this);
  }

  /**
   * Closes both sides: return what it returns. From any callback. What went on before still arrives, what is held or at hand
   * does not.
   */
  close(): Action {
    this.cut(StreamType.Downstream);
    return Action.Pause;
  }
}

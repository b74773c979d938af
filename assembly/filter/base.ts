import { Bytes } from "../abi/bytes";
import { AnyCall } from "../callout/any-call";
import * as flight from "../callout/flight";
import { GrpcStream } from "../callout/grpc-stream";
import { CallResponse } from "../callout/response";
import { Queue } from "../host/queue";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { Sender } from "../stream/sender";

/** What the runtime knows of a filter of any kind. Authors extend `HttpFilter` or `TcpFilter`. */
export abstract class FilterBase extends Sender {
  /**
   * Called once when all settings are read and each is sound by itself. Say here what no single setting shows, with `config.problem(…)`: a
   * configuration with a problem is refused and never meets traffic. The place to begin background work, too.
   */
  onConfigure(): void {}

  /** The plugin's timer, set with `plugin.tickEvery(…)`. It runs on each worker and on the main thread. */
  onTick(): void {}

  /** Something arrived in a queue that this plugin registered. Take it with `queue.pop()`, until that gives null. */
  onQueueReady(queue: Queue): void {}

  /**
   * The plugin is being removed or replaced. True: it may go. False: it needs time, for example for a last call; it then
   * goes with `plugin.done()`.
   */
  onDone(): bool {
    return true;
  }

  /** A call that `this.fetch(…)` began has come to its end, well or not. */
  onFetched(response: CallResponse): void {}

  /** The host itself calls a function of this module: `id` says which, and `argument` is valid until this returns. */
  onForeignCall(id: u32, argument: Bytes): void {}

  /** Makes a call of the filter's own, from any callback: `onFetched` hears of its end. */
  fetch(call: AnyCall): void {
    flight.send(call, null, this);
  }

  /** Opens a gRPC stream of the filter's own, from any callback. False: the host refuses it, and the log says why. */
  open(stream: GrpcStream): bool {
    return flight.open(stream, null, this);
  }

  /** Whether its streams hold anything. */
  abstract keepsState(): bool;

  /** A new exchange or connection of the filter's own kind. */
  abstract newContext(): Context;

  abstract handleCallResponse(context: Context, response: CallResponse): Action;

  abstract handleLog(context: Context): void;

  abstract handleEnd(context: Context): void;
}

import { CallResponse } from "../callout/response";
import { FilterBase } from "../filter/base";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { Connection } from "./connection";
import { Peer } from "./peer";
import { TRACKS } from "../stream/needs";

/** What the runtime knows of a filter for TCP, whatever its connections are. Authors extend `TcpFilter`. */
export abstract class TcpBase extends FilterBase {
  abstract handleNewConnection(c: Connection): Action;
  abstract handleDownstreamData(c: Connection, end: bool): Action;
  abstract handleUpstreamData(c: Connection, end: bool): Action;
  abstract handleDownstreamClose(c: Connection, peer: Peer): void;
  abstract handleUpstreamClose(c: Connection, peer: Peer): void;
}

/**
 * A filter for TCP connections. Its fields are its settings, read with `config.…`; it lives as long as its configuration and
 * serves all connections, so what belongs to one connection goes into a subclass of `Connection`. Override what you need;
 * a callback that nobody overrides is not even called.
 */
export class TcpFilter<C extends Connection = Connection> extends TcpBase {
  /**
   * A client has connected. The upstream is called once all filters let the connection go on: Pause holds it until
   * `c.resume()`, and nothing that the client sends is read meanwhile.
   */
  onNewConnection(c: C): Action {
    return Action.Continue;
  }

  /**
   * The client has sent something: `c.downstream`. Continue lets it go on; Pause keeps it back until `c.resume()`, and the
   * next call shows it together with what follows. `end`: the client sends no more; this may come with the last bytes or by
   * itself, without any. Where a filter further on keeps something back, this one sees it again, as it left it.
   */
  onDownstreamData(c: C, end: bool): Action {
    return Action.Continue;
  }

  /**
   * The upstream has sent something: `c.upstream`. As `onDownstreamData`, with one difference: the host has no way to resume
   * this direction, so after Pause it goes on with the next data, and what is kept back at the end is lost.
   */
  onUpstreamData(c: C, end: bool): Action {
    return Action.Continue;
  }

  /** The connection is over. `peer` says whether the client ended it or the proxy did, for whatever reason. */
  onDownstreamClose(c: C, peer: Peer): void {}

  /** The upstream sends no more. The host says so after `onUpstreamData` with `end`, not where the connection breaks. */
  onUpstreamClose(c: C, peer: Peer): void {}

  /**
   * A call that `c.send(…)` began has come to its end, well or not. Continue lets go on what waits for it, Pause waits on,
   * for another call for example.
   */
  onCallResponse(c: C, response: CallResponse): Action {
    return Action.Continue;
  }

  /** All is over and can be written to a log. It comes after `onEnd`. */
  onLog(c: C): void {}

  /** The connection has ended, and nothing can be changed any more. */
  onEnd(c: C): void {}

  @inline
  keepsState(): bool {
    return TRACKS || idof<C>() != idof<Connection>();
  }

  newContext(): Context {
    return instantiate<C>();
  }

  handleNewConnection(c: Connection): Action {
    return this.onNewConnection(changetype<C>(c));
  }

  handleDownstreamData(c: Connection, end: bool): Action {
    return this.onDownstreamData(changetype<C>(c), end);
  }

  handleUpstreamData(c: Connection, end: bool): Action {
    return this.onUpstreamData(changetype<C>(c), end);
  }

  handleDownstreamClose(c: Connection, peer: Peer): void {
    this.onDownstreamClose(changetype<C>(c), peer);
  }

  handleUpstreamClose(c: Connection, peer: Peer): void {
    this.onUpstreamClose(changetype<C>(c), peer);
  }

  handleCallResponse(context: Context, response: CallResponse): Action {
    return this.onCallResponse(changetype<C>(context), response);
  }

  handleLog(context: Context): void {
    this.onLog(changetype<C>(context));
  }

  handleEnd(context: Context): void {
    this.onEnd(changetype<C>(context));
  }
}

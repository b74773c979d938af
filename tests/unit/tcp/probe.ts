import { Action, Connection, Peer, TcpFilter, register } from "meshscript/assembly";
import { OpenConnection, Trial } from "meshscript/assembly/testing";

export type Step = (c: Session, end: bool) => Action;

/** A connection with what its filter was told. */
export class Session extends Connection {
  told: string[] = [];
}

function pass(c: Session, end: bool): Action {
  return Action.Continue;
}

let newStep: Step = pass;
let clientStep: Step = pass;
let upstreamStep: Step = pass;

/** The connection that the filter was told of last. */
export let last: Session = new Session();

/** Does in its callbacks what a test wants done there; a failed expectation in there fails the test. */
class Probe extends TcpFilter<Session> {
  override onNewConnection(c: Session): Action {
    last = c;
    return newStep(c, false);
  }

  override onDownstreamData(c: Session, end: bool): Action {
    return clientStep(c, end);
  }

  override onUpstreamData(c: Session, end: bool): Action {
    return upstreamStep(c, end);
  }

  override onUpstreamClose(c: Session, peer: Peer): void {
    c.told.push("upstream closed");
  }

  override onDownstreamClose(c: Session, peer: Peer): void {
    c.told.push(peer == Peer.Remote ? "closed by the client" : "closed by the proxy");
  }

  override onEnd(c: Session): void {
    c.told.push("end");
  }

  override onLog(c: Session): void {
    c.told.push("log");
  }
}

register<Probe>();

let current: Trial | null = null;

/** The plugin under test. */
export function trial(): Trial {
  if (current === null) current = new Trial();
  return current!;
}

/** A connection on which these steps are taken. */
export function connection(client: Step = pass, upstream: Step = pass, fresh: Step = pass): OpenConnection {
  newStep = fresh;
  clientStep = client;
  upstreamStep = upstream;
  return trial().connect();
}

/** The last connection's story in one text. */
export function story(): string {
  return last.told.join(", ");
}

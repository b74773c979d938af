import {
  Action,
  Bytes,
  Call,
  CallResponse,
  Connection,
  GrpcStream,
  Outcome,
  TcpFilter,
  register,
} from "meshscript/assembly";
import { Answer, Trial } from "meshscript/assembly/testing";

let cluster: string = "authz";
let outcomes: Outcome[] = [];

/** Asks whether a client may connect; what it says first goes to a gRPC service as well. */
class Ask extends TcpFilter {
  override onNewConnection(c: Connection): Action {
    return c.send(new Call(cluster, "GET", "/connect").within(100));
  }

  override onDownstreamData(c: Connection, end: bool): Action {
    const stream = new GrpcStream("chat", "acme.Chat", "Talk");
    if (c.open(stream)) stream.send(Bytes.ofText(c.downstream.toString()));
    return Action.Continue;
  }

  override onCallResponse(c: Connection, response: CallResponse): Action {
    outcomes.push(response.outcome);
    return response.ok ? Action.Continue : c.close();
  }
}

register<Ask>();

let current: Trial | null = null;

function trial(): Trial {
  if (current === null) current = new Trial();
  return current as Trial;
}

beforeEach(() => {
  cluster = "authz";
  outcomes = [];
});

describe("a connection", () => {
  test("waits for its call, and goes on", () => {
    trial().callee("authz").answers(new Answer(), 50);
    const connection = trial().connect().fromClient("hello");
    expect(connection.toUpstream).toBe("");
    trial().clock.advance(50);
    expect(outcomes).toStrictEqual([Outcome.Answered]);
    expect(connection.toUpstream).toBe("hello");
  });

  test("is closed where the authority refuses, or does not answer", () => {
    trial().callee("authz").answers(new Answer(403));
    expect(trial().connect().closed).toBe(true);
    trial().callee("authz").stalls();
    const connection = trial().connect();
    expect(connection.closed).toBe(false);
    trial().clock.advance(100);
    expect(connection.closed).toBe(true);
    expect(outcomes).toStrictEqual([Outcome.Answered, Outcome.TimedOut]);
  });

  test("hears of a call that the host refuses", () => {
    cluster = "nobody";
    expect(trial().connect().closed).toBe(true);
    expect(outcomes).toStrictEqual([Outcome.Refused]);
  });

  test("that has ended hears nothing more, and its streams are cancelled", () => {
    trial().callee("authz").answers(new Answer());
    trial().callee("chat").stalls();
    const connection = trial().connect().fromClient("hello");
    const calls = trial().callee("chat").calls;
    expect(calls.length).toBe(1);
    expect(calls[0].cancelled).toBe(false);
    connection.clientBreaks();
    expect(calls[0].cancelled).toBe(true);
  });
});

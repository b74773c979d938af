import { Action, Bytes, CallResponse, GrpcCall, GrpcStream, Headers, Outcome } from "meshscript/assembly";
import { GrpcAnswer, Trial } from "meshscript/assembly/testing";
import { Probe, Visit, asks, fetches, newLines, open, send, told, trial } from "./probe";

let heard: string[] = [];
let own: GrpcStream | null = null;

/** Keeps what it hears. */
class Talk extends GrpcStream {
  constructor(cluster: string = "chat") {
    super(cluster, "acme.Chat", "Talk");
  }

  override onInitialMetadata(metadata: Headers): void {
    heard.push("initial " + (metadata.has("content-type") ? "grpc" : "nothing"));
  }

  override onMessage(message: Bytes): void {
    heard.push("message " + message.toString());
  }

  override onTrailingMetadata(metadata: Headers): void {
    heard.push("trailing " + (metadata.has("grpc-status") ? "status" : "nothing"));
  }

  override onClose(status: i32, message: string): void {
    heard.push("closed " + status.toString());
    expect(this.isOpen).toBe(false);
    expect(this.send(Bytes.ofText("late"))).toBe(false);
  }
}

function ask(x: Visit): Action {
  return x.send(new GrpcCall("authz", "acme.Authz", "Check", Bytes.ofText("may I?")).header("x-a", "1"));
}

function pass(x: Visit, response: CallResponse): Action {
  return Action.Continue;
}

beforeEach(() => {
  heard = [];
});

describe("a gRPC call", () => {
  test("sends its message in a frame", () => {
    trial()
      .callee("authz")
      .answers(new GrpcAnswer().message(new Uint8Array(1)));
    asks(ask, pass);
    send();
    const call = trial().callee("authz").calls[0];
    expect(call.header(":path")).toBe("/acme.Authz/Check");
    expect(call.header("content-type")).toBe("application/grpc");
    expect(call.header("x-a")).toBe("1");
    expect(call.body).toBe("\0\0\0\0\x06may I?");
  });

  test("is answered with a message", () => {
    const message = new Uint8Array(2);
    message[0] = 65;
    message[1] = 66;
    trial().callee("authz").answers(new GrpcAnswer().message(message));
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(response.ok).toBe(true);
      expect(response.outcome).toBe(Outcome.Answered);
      expect(response.status).toBe(0);
      expect(response.grpcStatus).toBe(0);
      expect(response.grpcMessage).toBe("");
      expect(response.body.toString()).toBe("AB");
      expect(response.headers.get("x")).toBeNull();
      return Action.Continue;
    });
    expect(send().status).toBe(200);
    expect(told).toBe(1);
  });

  test("is answered with a status", () => {
    trial().callee("authz").answers(new GrpcAnswer(7, "not you: 100%25, %C3%A4"));
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(response.ok).toBe(false);
      expect(response.outcome).toBe(Outcome.Answered);
      expect(response.grpcStatus).toBe(7);
      expect(response.grpcMessage).toBe("not you: 100%, ä");
      return x.reply(403);
    });
    expect(send().status).toBe(403);
  });

  test("fails where nobody listens", () => {
    trial().callee("authz").isDown();
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(response.outcome).toBe(Outcome.Failed);
      expect(response.grpcStatus).toBe(14);
      return x.reply(503);
    });
    expect(send().status).toBe(503);
  });

  test("is late where nobody answers", () => {
    trial().callee("authz").stalls();
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(response.outcome).toBe(Outcome.TimedOut);
      expect(response.ok).toBe(false);
      return Action.Continue;
    });
    const held = open();
    trial().clock.advance(5000);
    expect(told).toBe(1);
    expect(held.finish().status).toBe(200);
  });

  test("is refused where no such cluster is, or none is named", () => {
    newLines();
    asks(
      (x: Visit): Action => {
        x.send(new GrpcCall("", "a", "b", Bytes.ofText("")));
        return x.send(new GrpcCall("nobody", "a", "b", Bytes.ofText("")));
      },
      (x: Visit, response: CallResponse): Action => {
        expect(response.outcome).toBe(Outcome.Refused);
        expect(response.grpcStatus).toBe(-1);
        return Action.Continue;
      },
    );
    expect(send().status).toBe(200);
    expect(told).toBe(2);
    expect(newLines().length).toBe(2);
  });
});

describe("a gRPC stream", () => {
  test("tells all that comes, and its end", () => {
    trial().callee("chat").echoes();
    asks((x: Visit): Action => {
      const talk = new Talk();
      expect(talk.send(Bytes.ofText("early"))).toBe(false);
      expect(x.open(talk)).toBe(true);
      expect(talk.isOpen).toBe(true);
      expect(talk.send(Bytes.ofText("one"))).toBe(true);
      expect(talk.send(Bytes.ofText("two"), true)).toBe(true);
      return Action.Continue;
    }, pass);
    expect(send().status).toBe(200);
    expect(heard).toStrictEqual([
      "initial grpc",
      "message one",
      "message two",
      "trailing status",
      "closed 0",
    ]);
  });

  test("may be closed without a message", () => {
    trial().callee("chat").echoes();
    asks((x: Visit): Action => {
      const talk = new Talk();
      x.open(talk);
      expect(talk.close()).toBe(true);
      return Action.Continue;
    }, pass);
    send();
    expect(heard).toStrictEqual(["initial grpc", "trailing status", "closed 0"]);
  });

  test("is not heard of once it is cancelled", () => {
    trial().callee("chat").echoes();
    asks((x: Visit): Action => {
      const talk = new Talk();
      x.open(talk);
      talk.send(Bytes.ofText("one"));
      expect(talk.cancel()).toBe(true);
      expect(talk.cancel()).toBe(false);
      expect(talk.close()).toBe(false);
      return Action.Continue;
    }, pass);
    send();
    expect(heard).toStrictEqual([]);
  });

  test("is cancelled with its exchange", () => {
    trial().callee("chat").stalls();
    asks((x: Visit): Action => {
      x.open(new Talk());
      x.open(new Talk());
      return Action.Pause;
    }, pass);
    const held = open();
    const calls = trial().callee("chat").calls;
    const last = calls.length - 1;
    expect(calls[last].cancelled).toBe(false);
    held.close();
    expect(calls[last].cancelled).toBe(true);
    expect(calls[last - 1].cancelled).toBe(true);
    expect(heard).toStrictEqual([]);
  });

  test("may be the filter's own", () => {
    trial().callee("chat").echoes();
    fetches(
      (filter: Probe): void => {
        const talk = new Talk();
        filter.open(talk);
        talk.send(Bytes.ofText("tick"), true);
      },
      (filter: Probe, response: CallResponse): void => {},
    );
    trial().tick();
    expect(heard).toStrictEqual(["initial grpc", "message tick", "trailing status", "closed 0"]);
  });

  test("of the filter's own ends with its plugin", () => {
    trial().callee("chat").stalls();
    fetches(
      (filter: Probe): void => {
        own = new Talk();
        filter.open(own!);
      },
      (filter: Probe, response: CallResponse): void => {},
    );
    const other = new Trial();
    other.tick();
    expect(own!.isOpen).toBe(true);
    other.remove();
    expect(own!.isOpen).toBe(false);
    expect(heard).toStrictEqual([]);
  });

  test("that the host refuses is not open", () => {
    newLines();
    asks((x: Visit): Action => {
      const talk = new Talk("nobody");
      expect(x.open(talk)).toBe(false);
      expect(talk.isOpen).toBe(false);
      expect(x.open(new Talk(""))).toBe(false);
      return Action.Continue;
    }, pass);
    send();
    expect(newLines().length).toBe(2);
    expect(heard).toStrictEqual([]);
  });

  test("may be one of several, closed in any order", () => {
    trial().callee("chat").echoes();
    asks((x: Visit): Action => {
      const one = new Talk();
      const two = new Talk();
      const three = new Talk();
      x.open(one);
      x.open(two);
      x.open(three);
      two.cancel();
      one.send(Bytes.ofText("1"), true);
      return Action.Continue;
    }, pass);
    const held = open();
    expect(heard.includes("message 1")).toBe(true);
    expect(heard.includes("closed 0")).toBe(true);
    held.close();
    const calls = trial().callee("chat").calls;
    expect(calls[calls.length - 1].cancelled).toBe(true);
    expect(calls[calls.length - 2].cancelled).toBe(true);
    expect(calls[calls.length - 3].cancelled).toBe(false);
  });
});

test("nothing else was written to the log", () => {
  expect(newLines()).toStrictEqual([]);
});

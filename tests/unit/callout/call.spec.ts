import { Action, Bytes, Call, CallResponse, Outcome } from "meshscript/assembly";
import { Answer, Request } from "meshscript/assembly/testing";
import { Visit, asks, gone, newLines, open, send, told, trial } from "./probe";

let outcome: Outcome = Outcome.Refused;
let status: i32 = 0;
let body: string = "";

function ask(x: Visit): Action {
  return x.send(new Call("authz", "GET", "/check").within(200));
}

function note(x: Visit, response: CallResponse): Action {
  outcome = response.outcome;
  status = response.status;
  body = response.body.toString();
  return Action.Continue;
}

describe("what a call sends", () => {
  test("is what was put together, addressed to the cluster", () => {
    trial().callee("authz").answers(new Answer());
    asks(
      (x: Visit): Action =>
        x.send(
          new Call("authz", "POST", "/check?a=1")
            .header("x-user", "alice ä")
            .header("x-absent", null)
            .body("hello ä"),
        ),
      note,
    );
    send();
    const calls = trial().callee("authz").calls;
    const call = calls[calls.length - 1];
    expect(call.header(":method")).toBe("POST");
    expect(call.header(":path")).toBe("/check?a=1");
    expect(call.header(":authority")).toBe("authz");
    expect(call.header("x-user")).toBe("alice ä");
    expect(call.header("x-absent")).toBeNull();
    expect(call.body.length).toBe(8, "as UTF-8");
  });

  test("may name another host, and hold bytes", () => {
    const bytes = new Uint8Array(3);
    bytes[1] = 255;
    trial().callee("authz").answers(new Answer());
    asks(
      (x: Visit): Action =>
        x.send(new Call("authz", "PUT", "/").authority("a.example").bodyBytes(Bytes.of(new Uint8Array(3)))),
      note,
    );
    send();
    const calls = trial().callee("authz").calls;
    expect(calls[calls.length - 1].header(":authority")).toBe("a.example");
    expect(calls[calls.length - 1].body).toBe("\0\0\0");
  });

  test("leaves out what HTTP forbids, and says so", () => {
    newLines();
    trial().callee("authz").answers(new Answer());
    asks(
      (x: Visit): Action =>
        x.send(
          new Call("authz", "GET", "/")
            .header("x-a", "1\r\nx-b: 2")
            .header("two words", "1")
            .header(":path", "/b"),
        ),
      note,
    );
    send();
    const calls = trial().callee("authz").calls;
    const call = calls[calls.length - 1];
    expect(call.header("x-a")).toBeNull();
    expect(call.header("x-b")).toBeNull();
    expect(call.header(":path")).toBe("/");
    expect(newLines().length).toBe(3);
  });
});

describe("the end of a call", () => {
  test("is the answer, with headers, body and trailers", () => {
    trial().callee("authz").answers(new Answer(201).header("x-a", "1").body("yes").trailer("x-t", "2"));
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(response.outcome).toBe(Outcome.Answered);
      expect(response.ok).toBe(true);
      expect(response.status).toBe(201);
      expect(response.headers.get("x-a")).toBe("1");
      expect(response.headers.get(":status")).toBe("201");
      expect(response.body.toString()).toBe("yes");
      expect(response.trailers.get("x-t")).toBe("2");
      expect(response.grpcStatus).toBe(-1);
      expect(response.grpcMessage).toBe("");
      return Action.Continue;
    });
    expect(send().status).toBe(200);
    expect(told).toBe(1);
  });

  test("may be an answer that is not what one hoped for", () => {
    trial().callee("authz").answers(new Answer(403));
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(response.ok).toBe(false);
      expect(response.body.length).toBe(0);
      return x.reply(<u32>response.status);
    });
    const seen = send();
    expect(seen.status).toBe(403);
    expect(seen.forwarded).toBe(false);
  });

  test("is a failure where nobody listens", () => {
    trial().callee("authz").isDown();
    asks(ask, note);
    send();
    expect(outcome).toBe(Outcome.Failed);
    expect(status).toBe(0);
  });

  test("is a failure where the other side breaks off", () => {
    trial().callee("authz").breaksOff();
    asks(ask, note);
    send();
    expect(outcome).toBe(Outcome.Failed);
    expect(body).toBe("");
  });

  test("is none in time", () => {
    trial().callee("authz").stalls();
    asks(ask, note);
    const held = open();
    trial().clock.advance(199);
    expect(held.seen.waiting).toBe(true);
    trial().clock.advance(1);
    expect(outcome).toBe(Outcome.TimedOut);
    expect(status).toBe(0);
    expect(held.finish().status).toBe(200);
    const calls = trial().callee("authz").calls;
    expect(calls[calls.length - 1].cancelled).toBe(true);
  });

  test("tells an answer of 503 or 504 from a failure", () => {
    trial().callee("authz").answers(new Answer(504).header("x-envoy-upstream-service-time", "1").body("no"));
    asks(ask, note);
    send();
    expect(outcome).toBe(Outcome.Answered);
    expect(status).toBe(504);
    expect(body).toBe("no");
  });
});

describe("a call that the host refuses", () => {
  test("comes to its end when the handler has returned, and lets the request go on", () => {
    newLines();
    asks(
      (x: Visit): Action => {
        const action = x.send(new Call("nobody", "GET", "/"));
        expect(told).toBe(0, "not within the handler");
        return action;
      },
      (x: Visit, response: CallResponse): Action => {
        expect(response.outcome).toBe(Outcome.Refused);
        expect(response.ok).toBe(false);
        expect(response.status).toBe(0);
        expect(response.call.cluster).toBe("nobody");
        expect(response.headers.get("x")).toBeNull();
        expect(response.body.length).toBe(0);
        return Action.Continue;
      },
    );
    const seen = send();
    expect(told).toBe(1);
    expect(seen.status).toBe(200);
    expect(seen.forwarded).toBe(true);
    expect(newLines()[0].includes("proxy_http_call")).toBe(true);
  });

  test("may end the exchange", () => {
    asks(
      (x: Visit): Action => x.send(new Call("nobody", "GET", "/")),
      (x: Visit, response: CallResponse): Action => x.reply(503),
    );
    const seen = send();
    expect(seen.status).toBe(503);
    expect(seen.forwarded).toBe(false);
  });

  test("may be made up for by another call", () => {
    trial().callee("authz").answers(new Answer());
    asks(
      (x: Visit): Action => x.send(new Call("nobody", "GET", "/")),
      (x: Visit, response: CallResponse): Action =>
        response.outcome == Outcome.Refused ? x.send(new Call("authz", "GET", "/")) : Action.Continue,
    );
    const seen = send();
    expect(told).toBe(2);
    expect(seen.status).toBe(200);
    newLines();
  });
});

describe("what waits for calls", () => {
  test("is what the request was when the answer came, and can be changed then", () => {
    trial().callee("authz").answers(new Answer().header("x-user", "alice"));
    asks(ask, (x: Visit, response: CallResponse): Action => {
      expect(x.request.headers.get("x-mine")).toBe("1");
      x.request.headers.set("x-user", response.headers.get("x-user")!);
      return Action.Continue;
    });
    const seen = send(new Request().header("x-mine", "1"));
    expect(seen.upstreamHeader("x-user")).toBe("alice");
  });

  test("waits for both of two calls", () => {
    trial().callee("one").answers(new Answer().body("first"), 20);
    trial().callee("two").answers(new Answer().body("second"), 10);
    asks(
      (x: Visit): Action => {
        x.sent.push(new Call("one", "GET", "/1"));
        x.sent.push(new Call("two", "GET", "/2"));
        x.send(x.sent[0]);
        return x.send(x.sent[1]);
      },
      (x: Visit, response: CallResponse): Action => {
        const isFirst = response.call === x.sent[0];
        expect(response.body.toString()).toBe(isFirst ? "first" : "second");
        return x.ends == 2 ? Action.Continue : Action.Pause;
      },
    );
    const held = open();
    trial().clock.advance(10);
    expect(told).toBe(1);
    expect(held.seen.waiting).toBe(true);
    trial().clock.advance(10);
    expect(told).toBe(2);
    expect(held.seen.waiting).toBe(false);
    expect(held.finish().status).toBe(200);
  });

  test("of two calls goes on with the first answer, and nothing happens with the second", () => {
    trial().callee("one").answers(new Answer(), 20);
    trial().callee("two").answers(new Answer(), 10);
    asks((x: Visit): Action => {
      x.send(new Call("one", "GET", "/1"));
      return x.send(new Call("two", "GET", "/2"));
    }, note);
    const held = open();
    trial().clock.advance(10);
    expect(held.seen.waiting).toBe(false);
    trial().clock.advance(10);
    expect(told).toBe(2);
    expect(held.finish().status).toBe(200);
  });

  test("hears nothing once it has ended", () => {
    trial().callee("authz").answers(new Answer(), 50);
    asks(ask, note);
    const held = open();
    held.close();
    expect(gone).toBe(1);
    trial().clock.advance(50);
    expect(told).toBe(0);
  });

  test("does not go on twice", () => {
    trial().callee("authz").answers(new Answer(), 5);
    asks(ask, (x: Visit, response: CallResponse): Action => {
      x.resume();
      x.resume();
      return Action.Continue;
    });
    const held = open();
    trial().clock.advance(5);
    expect(held.finish().status).toBe(200);
  });
});

test("nothing else was written to the log", () => {
  expect(newLines()).toStrictEqual([]);
});

import "./probe";
import { Answer, Level, LogLine, Request, Trial } from "meshscript/assembly/testing";

describe("an accepted configuration", () => {
  test("has no problems", () => {
    const trial = new Trial('{"tag":"blue"}');
    expect(trial.accepted).toBe(true);
    expect(trial.problems).toStrictEqual([]);
  });

  test("may be empty", () => {
    expect(new Trial().accepted).toBe(true);
  });
});

describe("a refused configuration", () => {
  test("lists its problems", () => {
    const trial = new Trial('{"tag":1,"other":2}');
    expect(trial.accepted).toBe(false);
    expect(trial.problems).toStrictEqual(["tag: expected text, got number", "other: unknown setting"]);
  });

  throws("has no filter that could be asked", () => {
    new Trial('{"other":2}').get("/");
  });
});

describe("an exchange", () => {
  test("shows what the client got", () => {
    const trial = new Trial('{"tag":"blue"}');
    trial.upstream(
      new Answer(201).header("a", "1").header("a", "2").body("one ").body("two").trailer("t", "end"),
    );
    const seen = trial.get("/");
    expect(seen.status).toBe(201);
    expect(seen.body).toBe("one two");
    expect(seen.header("x-tag")).toBe("blue");
    expect(seen.header("absent")).toBeNull();
    expect(seen.headers("a")).toStrictEqual(["1", "2"]);
    expect(seen.trailer("t")).toBe("end");
    expect(seen.details).toBe("");
    expect(seen.grpcStatus).toBe(-1);
  });

  test("shows what the upstream got", () => {
    const request = new Request("POST", "/orders").header(":authority", "shop").header("X-Twice", "1");
    request.header("x-twice", "2").header("x-secret", "s").body("hel").body("lo").trailer("t", "end");
    const seen = new Trial('{"tag":"blue"}').send(request);
    expect(seen.forwarded).toBe(true);
    expect(seen.upstreamHeader(":method")).toBe("POST");
    expect(seen.upstreamHeader(":authority")).toBe("shop");
    expect(seen.upstreamHeaders("x-twice")).toStrictEqual(["1", "2"]);
    expect(seen.upstreamHas("x-secret")).toBe(false);
    expect(seen.upstreamHas("x-tag")).toBe(true);
    expect(seen.upstreamBody).toBe("hello");
    expect(seen.upstreamTrailer("t")).toBe("end");
    expect(seen.remembered("tag")).toBe("blue");
    expect(seen.remembered("other")).toBeNull();
  });

  test("takes header lines by turns", () => {
    const seen = new Trial().get("/", ["x-a", "1", "x-b", "2"]);
    expect(seen.upstreamHeader("x-a")).toBe("1");
    expect(seen.upstreamHeader("x-b")).toBe("2");
  });

  test("tells a refusal from an answer", () => {
    const seen = new Trial().get("/refused");
    expect(seen.status).toBe(403);
    expect(seen.body).toBe("refused\n");
    expect(seen.details).toBe("probe_says_no");
    expect(seen.forwarded).toBe(false);
    expect(seen.waiting).toBe(false);
  });

  test("tells a held request from an answer", () => {
    const open = new Trial().open(new Request("GET", "/held"));
    expect(open.seen.waiting).toBe(true);
    expect(open.finish().status).toBe(0);
    expect(open.seen.forwarded).toBe(false);
  });

  test("shows the status that a gRPC client gets", () => {
    const seen = new Trial().get("/refused", ["content-type", "application/grpc"]);
    expect(seen.status).toBe(200);
    expect(seen.grpcStatus).toBe(7);
  });

  test("carries bytes that are not UTF-8", () => {
    const bytes = new Uint8Array(3);
    bytes[0] = 0x61;
    bytes[1] = 0xe4;
    bytes[2] = 0xff;
    const request = new Request().headerBytes("x-bytes", bytes).header("x-text", "ä\udc80€😀\udcff");
    const seen = new Trial().send(request);
    expect(seen.upstreamHeader("x-bytes")).toBe("a\udce4\udcff");
    expect(seen.upstreamHeader("x-text")).toBe("ä\udc80€😀\udcff");
  });

  throws("traps where the filter does", () => {
    new Trial().get("/trap");
  });

  test("works again after a trap", () => {
    expect(new Trial().get("/").status).toBe(200);
  });
});

describe("several trials", () => {
  test("keep their settings apart", () => {
    const blue = new Trial('{"tag":"blue"}');
    const red = new Trial('{"tag":"red","refuse":"/"}');
    expect(red.get("/").status).toBe(403);
    expect(blue.get("/").upstreamHeader("x-tag")).toBe("blue");
    expect(red.get("/red").upstreamHeader("x-tag")).toBe("red");
    red.remove();
    expect(blue.get("/").upstreamHeader("x-tag")).toBe("blue");
  });

  test("an open exchange keeps the filter that it began with", () => {
    const trial = new Trial('{"tag":"old"}');
    const open = trial.open(new Request());
    trial.reconfigure('{"tag":"new"}');
    expect(trial.get("/").header("x-tag")).toBe("new");
    expect(open.finish().header("x-tag")).toBe("old");
    expect(trial.get("/").header("x-tag")).toBe("new");
  });

  test("a refused reconfiguration leaves the old one at work", () => {
    const trial = new Trial('{"tag":"old"}');
    trial.reconfigure('{"tag":5}');
    expect(trial.accepted).toBe(false);
    expect(trial.problems).toStrictEqual(["tag: expected text, got number"]);
    expect(trial.get("/").header("x-tag")).toBe("old");
  });

  test("a removed trial goes with its last exchange", () => {
    const trial = new Trial('{"tag":"late"}');
    const open = trial.open(new Request());
    trial.remove();
    expect(open.finish().header("x-tag")).toBe("late");
  });
});

describe("what surrounds an exchange", () => {
  test("is set by property", () => {
    const trial = new Trial();
    trial.property("source.address", "192.0.2.7");
    trial.property("source.port", "4711");
    expect(trial.get("/").upstreamHeader("x-source")).toBe("192.0.2.7:4711");
  });

  throws("a property that no host has is a mistake", () => {
    new Trial().property("source.colour", "blue");
  });

  test("time stands still unless it is moved", () => {
    const trial = new Trial();
    expect(trial.clock.now).toBe(1_767_225_600_000_000_000);
    expect(trial.get("/").header("x-took")).toBe("0");
    const open = trial.open(new Request());
    trial.clock.advance(250);
    expect(open.finish().header("x-took")).toBe("250");
    expect(trial.clock.now).toBe(1_767_225_600_250_000_000);
  });

  test("log lines are those of the trial", () => {
    const one = new Trial();
    const two = new Trial('{"tag":1}');
    one.get("/a");
    one.get("/b");
    expect(one.logs()).toStrictEqual([
      new LogLine(Level.Info, "request /a"),
      new LogLine(Level.Info, "request /b"),
    ]);
    expect(two.logs()).toStrictEqual([
      new LogLine(Level.Error, "configuration: tag: expected text, got number"),
    ]);
  });

  test("the log's level can be moved", () => {
    const trial = new Trial();
    trial.get("/first");
    trial.logLevel(Level.Warn);
    trial.get("/second");
    trial.logLevel(Level.Trace);
    expect(trial.logs()).toStrictEqual([new LogLine(Level.Info, "request /first")]);
  });
});

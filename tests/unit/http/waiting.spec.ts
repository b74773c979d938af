import { Action, Exchange } from "meshscript/assembly";
import { Answer, Request } from "meshscript/assembly/testing";
import { afresh, kept, newLines, send, trial } from "./stream-probe";

const OVER = "refused a reply or a reset: the exchange is over";
const ANSWERED = "a reply comes after the response's headers have gone on: the response is cut short";

let other: Exchange | null = null;

function wait(x: Exchange): Action {
  return Action.Pause;
}

describe("an exchange that waits", () => {
  test("is let go once, however often it is resumed", () => {
    const s = afresh();
    s.request = wait;
    s.tick = (x: Exchange): void => {
      x.resume();
      expect(x.held).toBe(0);
      x.resume();
    };
    const open = trial().open(new Request("POST", "/").body("abc"));
    expect(open.seen.forwarded).toBe(false);
    trial().tick();
    trial().tick();
    expect(open.finish().upstreamBody).toBe("abc");
  });

  test("may be answered from elsewhere, and waits no more", () => {
    const s = afresh();
    s.request = wait;
    s.tick = (x: Exchange): void => {
      x.reply(429, "later\n");
      expect(x.held).toBe(0);
      x.resume();
    };
    const open = trial().open(new Request());
    trial().tick();
    const seen = open.finish();
    expect(seen.status).toBe(429);
    expect(seen.forwarded).toBe(false);
  });

  test("may be reset from elsewhere", () => {
    const s = afresh();
    s.request = wait;
    s.tick = (x: Exchange): void => {
      x.reset();
      x.resume();
    };
    const open = trial().open(new Request());
    trial().tick();
    const seen = open.finish();
    expect(seen.status).toBe(0);
    expect(seen.forwarded).toBe(false);
  });

  test("may wait in its response", () => {
    const s = afresh();
    s.response = wait;
    s.tick = (x: Exchange): void => {
      if (x.enter()) x.response.headers.set("x-late", "yes");
      x.resume();
    };
    trial().upstream(new Answer().body("ok"));
    const open = trial().open(new Request());
    expect(open.answer().status).toBe(0);
    trial().tick();
    const seen = open.close();
    expect(seen.body).toBe("ok");
    expect(seen.header("x-late")).toBe("yes");
    trial().upstream(new Answer());
  });

  test("is not forgotten where its callback answers another one", () => {
    const s = afresh();
    s.request = wait;
    const first = trial().open(new Request());
    s.request = (x: Exchange): Action => {
      other!.reply(429);
      return Action.Pause;
    };
    other = kept;
    const second = trial().open(new Request());
    expect(first.finish().status).toBe(429);
    s.tick = (x: Exchange): void => x.resume();
    trial().tick();
    expect(second.finish().status).toBe(200);
  });
});

test("an exchange that has ended does nothing, whoever kept it", () => {
  afresh();
  send(new Request());
  const x = kept!;
  expect(x.ended).toBe(true);
  expect(x.enter()).toBe(false);
  x.resume();
  x.reset();
  x.reply(500);
  expect(newLines()).toStrictEqual([]);
});

describe("a reply", () => {
  test("may be followed by Continue: the upstream still sees nothing", () => {
    const s = afresh();
    s.request = (x: Exchange): Action => {
      x.reply(403);
      return Action.Continue;
    };
    const seen = send(new Request("POST", "/").body("abc"));
    expect(seen.status).toBe(403);
    expect(seen.forwarded).toBe(false);
  });

  test("that comes after the response's headers cuts the response, and the log says so", () => {
    const s = afresh();
    s.responseBody = (x: Exchange): Action => x.reply(502);
    trial().upstream(new Answer().body("ok"));
    const seen = send(new Request());
    expect(seen.status).toBe(200);
    expect(seen.body).toBe("");
    expect(newLines()).toStrictEqual([ANSWERED]);
    s.responseBody = (x: Exchange): Action => Action.Continue;
    s.responseTrailers = (x: Exchange): Action => x.reply(502);
    trial().upstream(new Answer().body("ok").trailer("x-sum", "1"));
    send(new Request());
    expect(newLines()).toStrictEqual([ANSWERED]);
    trial().upstream(new Answer());
  });

  test("and a reset are refused when all is over, where a host would tell of the end for ever", () => {
    const s = afresh();
    s.log = (x: Exchange): void => {
      x.reply(500);
      x.reset();
    };
    s.end = (x: Exchange): void => {
      x.reply(500);
    };
    expect(send(new Request()).status).toBe(200);
    expect(newLines()).toStrictEqual([OVER, OVER, OVER]);
  });
});

test("when all is over, both messages are shown once more and cannot be changed", () => {
  const s = afresh();
  s.log = (x: Exchange): void => {
    expect(x.request.path).toBe("/logged");
    expect(x.response.status).toBe(204);
    expect(x.response.headers.get("x-a")).toBe("1");
    expect(x.response.trailers.get("x-sum")).toBe("2");
    expect(x.request.headers.set("x-a", "2")).toBe(false);
  };
  trial().upstream(new Answer(204).header("x-a", "1").trailer("x-sum", "2"));
  send(new Request("GET", "/logged"));
  expect(newLines().length).toBe(1);
  trial().upstream(new Answer());
});

test("trailers that are not shown are named as what they are", () => {
  const s = afresh();
  s.request = (x: Exchange): Action => {
    expect(x.request.trailers.has("x-sum")).toBe(false);
    expect(x.response.trailers.set("x-sum", "1")).toBe(false);
    return Action.Continue;
  };
  send(new Request());
  expect(newLines()).toStrictEqual([
    "request trailers are out of reach here",
    "response trailers are out of reach here",
  ]);
});

import { Action, Exchange } from "meshscript/assembly";
import { Answer, Request } from "meshscript/assembly/testing";
import { afresh, kept, newLines, send, trial } from "./stream-probe";

let judged: i32 = 0;

function judge(x: Exchange): Action {
  ++judged;
  return Action.Continue;
}

function whole(x: Exchange): Action {
  return x.wholeRequest(8);
}

describe("a request that is judged as a whole", () => {
  test("reaches the upstream only when its body is known, with headers that may still change", () => {
    const s = afresh();
    s.request = whole;
    s.wholeRequest = (x: Exchange): Action => {
      expect(x.request.body.toString()).toBe("abcd");
      expect(x.request.headers.set("x-judged", "yes")).toBe(true);
      return Action.Continue;
    };
    const seen = send(new Request("POST", "/").body("ab").body("cd"));
    expect(seen.upstreamBody).toBe("abcd");
    expect(seen.upstreamHeader("x-judged")).toBe("yes");
    s.wholeRequest = (x: Exchange): Action => x.reply(403, "no\n");
    const refused = send(new Request("POST", "/").body("ab").body("cd"));
    expect(refused.status).toBe(403);
    expect(refused.forwarded).toBe(false);
  });

  test("is judged without a body, and where trailers end it", () => {
    const s = afresh();
    judged = 0;
    s.request = whole;
    s.wholeRequest = judge;
    expect(send(new Request()).forwarded).toBe(true);
    expect(judged).toBe(1);
    expect(send(new Request("POST", "/").body("ab").trailer("x-sum", "1")).upstreamTrailer("x-sum")).toBe(
      "1",
    );
    expect(judged).toBe(2);
  });

  test("is answered 413 when its body is announced too large, and when it grows too large", () => {
    const s = afresh();
    judged = 0;
    s.request = whole;
    s.wholeRequest = judge;
    const announced = send(new Request("POST", "/").header("content-length", "9").body("123456789"));
    expect(announced.status).toBe(413);
    expect(announced.details).toBe("request_payload_too_large");
    const grown = send(new Request("POST", "/").body("12345").body("6789"));
    expect(grown.status).toBe(413);
    expect(grown.body).toBe("Payload Too Large");
    expect(grown.details).toBe("request_payload_too_large");
    expect(grown.forwarded).toBe(false);
    const trailed = send(new Request("POST", "/").body("123456789").trailer("x-sum", "1"));
    expect(trailed.status).toBe(413);
    expect(judged).toBe(0);
  });

  test("is not believed when it announces what cannot be", () => {
    const s = afresh();
    s.request = whole;
    const odd = ["", "x", "-1", "1x", "9999999999999999999999"];
    for (let i = 0; i < odd.length; ++i) {
      const seen = send(new Request("POST", "/").header("content-length", odd[i]).body("ok"));
      expect(seen.status).toBe(i == 4 ? 413 : 200, odd[i]);
    }
  });

  test("has content-length follow its body", () => {
    const s = afresh();
    s.request = whole;
    s.wholeRequest = (x: Exchange): Action => {
      expect(x.request.body.append("+++++++++++")).toBe(true);
      return Action.Continue;
    };
    const seen = send(new Request("POST", "/").header("content-length", "2").body("ab"));
    expect(seen.upstreamBody).toBe("ab+++++++++++");
    expect(seen.upstreamHeader("content-length")).toBe("13");
    expect(send(new Request("POST", "/").body("ab")).upstreamHas("content-length")).toBe(false);
  });

  test("may wait on after it was judged, until it is resumed", () => {
    const s = afresh();
    s.request = whole;
    s.wholeRequest = (x: Exchange): Action => Action.Pause;
    s.tick = (x: Exchange): void => {
      if (x.enter()) x.request.headers.set("x-late", "yes");
      if (x.enter()) x.request.body.append("!");
      x.resume();
      x.resume();
    };
    const open = trial().open(new Request("POST", "/").header("content-length", "2").body("ab"));
    expect(open.seen.waiting).toBe(true);
    trial().tick();
    const seen = open.finish();
    expect(seen.upstreamBody).toBe("ab!");
    expect(seen.upstreamHeader("content-length")).toBe("3");
    expect(seen.upstreamHeader("x-late")).toBe("yes");
    expect(seen.status).toBe(200);
  });

  test("may wait on together with its trailers", () => {
    const s = afresh();
    s.request = whole;
    s.wholeRequest = (x: Exchange): Action => Action.Pause;
    s.requestTrailers = (x: Exchange): Action => {
      x.request.trailers.set("x-sum", "2");
      return Action.Continue;
    };
    s.tick = (x: Exchange): void => x.resume();
    const open = trial().open(new Request("POST", "/").body("ab").trailer("x-sum", "1"));
    trial().tick();
    const seen = open.finish();
    expect(seen.upstreamBody).toBe("ab");
    expect(seen.upstreamTrailer("x-sum")).toBe("2");
  });
});

describe("a response that is judged as a whole", () => {
  test("may be replaced when its body is known", () => {
    const s = afresh();
    s.response = (x: Exchange): Action => x.wholeResponse(8);
    s.wholeResponse = (x: Exchange): Action => x.reply(502, "kept back\n");
    trial().upstream(new Answer().header("content-length", "4").body("leak"));
    const seen = send(new Request());
    expect(seen.status).toBe(502);
    expect(seen.body).toBe("kept back\n");
  });

  test("is answered 500 when its body is too large", () => {
    const s = afresh();
    s.response = (x: Exchange): Action => x.wholeResponse(8);
    trial().upstream(new Answer().header("content-length", "9").body("123456789"));
    const announced = send(new Request());
    expect(announced.status).toBe(500);
    expect(announced.body).toBe("Internal Server Error");
    expect(announced.details).toBe("response_payload_too_large");
    trial().upstream(new Answer().body("12345").body("6789"));
    expect(send(new Request()).details).toBe("response_payload_too_large");
  });

  test("may announce a body that it does not have, as the answer to HEAD does", () => {
    const s = afresh();
    s.response = (x: Exchange): Action => x.wholeResponse(8);
    trial().upstream(new Answer().header("content-length", "5000"));
    const seen = send(new Request("HEAD", "/"));
    expect(seen.status).toBe(200);
    expect(seen.header("content-length")).toBe("5000");
    trial().upstream(new Answer());
  });
});

test("a body that is still collected is not let go by a resume", () => {
  const s = afresh();
  judged = 0;
  s.request = (x: Exchange): Action => {
    const action = x.wholeRequest();
    x.resume();
    return action;
  };
  s.requestTrailers = (x: Exchange): Action => Action.Continue;
  s.wholeRequest = judge;
  expect(send(new Request("POST", "/").body("ab")).upstreamBody).toBe("ab");
  expect(judged).toBe(1);
  expect(kept!.ended).toBe(true);
  expect(newLines()).toStrictEqual([]);
});

import { Action, Bytes, Call, CallResponse, GrpcStream } from "meshscript/assembly";
import {
  proxy_on_grpc_receive_initial_metadata,
  proxy_on_http_call_response,
} from "meshscript/assembly/entry";
import { Answer } from "meshscript/assembly/testing";
import { Visit, asks, asksLater, gone, newLines, open, send, told, trial } from "./probe";

// What other SDKs, or their users, are known to have run into.

let kept: CallResponse | null = null;
let last: Visit | null = null;

function ask(x: Visit): Action {
  return x.send(new Call("authz", "GET", "/check").within(200));
}

function pass(x: Visit, response: CallResponse): Action {
  return Action.Continue;
}

test("an answer that is read outside its handler is empty, and the log says why (proxy-runtime#32)", () => {
  trial().callee("authz").answers(new Answer().header("x-a", "1").body("yes"));
  asks(ask, (x: Visit, response: CallResponse): Action => {
    kept = response;
    return Action.Continue;
  });
  asksLater((x: Visit): Action => {
    expect(kept!.headers.get("x-a")).toBeNull();
    expect(kept!.body.length).toBe(0);
    return Action.Continue;
  });
  newLines();
  send();
  const lines = newLines();
  expect(lines.length).toBe(1);
  expect(lines[0].includes("out of reach here")).toBe(true);
});

test("a reply followed by Continue does not let the request go on (tetratelabs#122)", () => {
  trial().callee("authz").answers(new Answer());
  asks(ask, (x: Visit, response: CallResponse): Action => {
    x.reply(403);
    return Action.Continue;
  });
  const seen = send();
  expect(seen.status).toBe(403);
  expect(seen.forwarded).toBe(false);
});

test("what the host tells within a handler does not disturb it (cpp-host#88)", () => {
  asks((x: Visit): Action => {
    const before = Bytes.ofText("mine");
    proxy_on_grpc_receive_initial_metadata(1, 999, 0);
    proxy_on_http_call_response(1, 999, 0, 0, 0);
    expect(before.toString()).toBe("mine");
    x.request.headers.set("x-mine", "1");
    return Action.Continue;
  }, pass);
  expect(send().upstreamHeader("x-mine")).toBe("1");
});

test("an exchange that has ended makes no calls and opens no streams", () => {
  trial().callee("authz").answers(new Answer());
  const before = trial().callee("authz").calls.length;
  asks((x: Visit): Action => {
    last = x;
    return Action.Continue;
  }, pass);
  send();
  expect(last!.ended).toBe(true);
  last!.send(new Call("authz", "GET", "/"));
  expect(last!.open(new GrpcStream("authz", "a", "b"))).toBe(false);
  expect(trial().callee("authz").calls.length).toBe(before);
});

test("exchanges that end with calls in flight leave nothing behind (proxy-wasm leaks of pending calls)", () => {
  trial().callee("authz").stalls();
  asks(ask, pass);
  let pages = 0;
  for (let round = 0; round < 60; ++round) {
    for (let i = 0; i < 20; ++i) open().close();
    trial().clock.advance(200);
    if (round == 30) pages = memory.size();
  }
  expect(gone).toBe(1200);
  expect(told).toBe(0);
  expect(memory.size()).toBe(pages);
});

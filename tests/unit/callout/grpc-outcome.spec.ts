import "meshscript/assembly/testing";
import { Bytes, Outcome } from "meshscript/assembly";
import { grpcOutcome, withoutDetails } from "meshscript/assembly/callout/grpc-outcome";

// Messages as Envoy 1.40 hands them over: the callee's text with the details of the response behind it, in braces.

const REFUSED =
  "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure" +
  "{upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}}";

describe("what a gRPC status says", () => {
  test("is an answer where the other side has sent it, whatever it is", () => {
    expect(grpcOutcome(7, Bytes.ofText("not you{via_upstream}"))).toBe(Outcome.Answered);
    expect(grpcOutcome(12, Bytes.ofText("via_upstream"))).toBe(Outcome.Answered);
    expect(grpcOutcome(14, Bytes.ofText("gone{via_upstream}"))).toBe(Outcome.Answered);
    expect(grpcOutcome(4, Bytes.ofText("late{via_upstream}"))).toBe(Outcome.Answered);
  });

  test("is a failure where the host says so", () => {
    expect(grpcOutcome(14, Bytes.ofText(REFUSED))).toBe(Outcome.Failed);
    expect(grpcOutcome(14, Bytes.ofText("no healthy upstream{no_healthy_upstream}"))).toBe(Outcome.Failed);
    expect(grpcOutcome(13, Bytes.ofText("upstream_reset_after_response_started{remote_reset}"))).toBe(
      Outcome.Failed,
    );
    expect(grpcOutcome(14, Bytes.ofText(""))).toBe(Outcome.Failed);
  });

  test("is a delay where the time ran out, before or after the first headers", () => {
    expect(grpcOutcome(14, Bytes.ofText("upstream request timeout{response_timeout}"))).toBe(
      Outcome.TimedOut,
    );
    expect(grpcOutcome(13, Bytes.ofText("response_timeout"))).toBe(Outcome.TimedOut);
    expect(grpcOutcome(4, Bytes.ofText(""))).toBe(Outcome.TimedOut);
  });

  test("is an answer on a host that gives no details", () => {
    expect(grpcOutcome(7, Bytes.ofText("not you"))).toBe(Outcome.Answered);
    expect(grpcOutcome(7, Bytes.ofText(""))).toBe(Outcome.Answered);
  });
});

describe("a message", () => {
  test("is what the other side wrote", () => {
    expect(withoutDetails(Bytes.ofText("not you{via_upstream}")).toString()).toBe("not you");
    expect(withoutDetails(Bytes.ofText('{"a":{}}{via_upstream}')).toString()).toBe('{"a":{}}');
    expect(withoutDetails(Bytes.ofText("not you")).toString()).toBe("not you");
    expect(withoutDetails(Bytes.ofText("")).toString()).toBe("");
  });

  test("may hold braces that do not match", () => {
    expect(withoutDetails(Bytes.ofText("a } b{via_upstream}")).toString()).toBe("a } b");
    expect(withoutDetails(Bytes.ofText("}")).toString()).toBe("}");
    expect(withoutDetails(Bytes.ofText("}}}")).toString()).toBe("}}}");
    expect(withoutDetails(Bytes.ofText("a{")).toString()).toBe("a{");
  });

  test("is none where there are only details", () => {
    expect(withoutDetails(Bytes.ofText("via_upstream")).toString()).toBe("");
    expect(withoutDetails(Bytes.ofText("response_timeout")).toString()).toBe("");
    expect(
      withoutDetails(Bytes.ofText("upstream_reset_after_response_started{remote_reset}")).toString(),
    ).toBe("upstream_reset_after_response_started");
  });
});

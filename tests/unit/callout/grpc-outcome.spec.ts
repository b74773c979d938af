import "meshscript/assembly/testing";
import { Outcome } from "meshscript/assembly";
import { grpcOutcome, withoutDetails } from "meshscript/assembly/callout/grpc-outcome";

// Messages as Envoy 1.40 hands them over: the callee's text with the details of the response behind it, in braces.

const REFUSED =
  "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure" +
  "{upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}}";

describe("what a gRPC status says", () => {
  test("is an answer where the other side has sent it, whatever it is", () => {
    expect(grpcOutcome(7, "not you{via_upstream}")).toBe(Outcome.Answered);
    expect(grpcOutcome(12, "via_upstream")).toBe(Outcome.Answered);
    expect(grpcOutcome(14, "gone{via_upstream}")).toBe(Outcome.Answered);
    expect(grpcOutcome(4, "late{via_upstream}")).toBe(Outcome.Answered);
  });

  test("is a failure where the host says so", () => {
    expect(grpcOutcome(14, REFUSED)).toBe(Outcome.Failed);
    expect(grpcOutcome(14, "no healthy upstream{no_healthy_upstream}")).toBe(Outcome.Failed);
    expect(grpcOutcome(13, "upstream_reset_after_response_started{remote_reset}")).toBe(Outcome.Failed);
    expect(grpcOutcome(14, "")).toBe(Outcome.Failed);
  });

  test("is a delay where the time ran out, before or after the first headers", () => {
    expect(grpcOutcome(14, "upstream request timeout{response_timeout}")).toBe(Outcome.TimedOut);
    expect(grpcOutcome(13, "response_timeout")).toBe(Outcome.TimedOut);
    expect(grpcOutcome(4, "")).toBe(Outcome.TimedOut);
  });

  test("is an answer on a host that gives no details", () => {
    expect(grpcOutcome(7, "not you")).toBe(Outcome.Answered);
    expect(grpcOutcome(7, "")).toBe(Outcome.Answered);
  });
});

describe("a message", () => {
  test("is what the other side wrote", () => {
    expect(withoutDetails("not you{via_upstream}")).toBe("not you");
    expect(withoutDetails('{"a":{}}{via_upstream}')).toBe('{"a":{}}');
    expect(withoutDetails("not you")).toBe("not you");
    expect(withoutDetails("")).toBe("");
  });

  test("may hold braces that do not match", () => {
    expect(withoutDetails("a } b{via_upstream}")).toBe("a } b");
    expect(withoutDetails("}")).toBe("}");
    expect(withoutDetails("}}}")).toBe("}}}");
    expect(withoutDetails("a{")).toBe("a{");
  });

  test("is none where there are only details", () => {
    expect(withoutDetails("via_upstream")).toBe("");
    expect(withoutDetails("response_timeout")).toBe("");
    expect(withoutDetails("upstream_reset_after_response_started{remote_reset}")).toBe(
      "upstream_reset_after_response_started",
    );
  });
});

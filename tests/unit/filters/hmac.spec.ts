import "../../../filters/hmac/filter";
import { Seen, Trial } from "meshscript/assembly/testing";

const CONFIGURATION =
  '{"credentials":[{"key_id":"alice-1","key":"test-key-of-alice-1-0123456789abcdef","client":"alice"}]}';
const DATE = "Thu, 01 Jan 2026 00:00:00 GMT";
// Made with openssl, as the README says.
const SIGNATURE = "UqEZrfK6c6uKDuVa7rH0Eaymq8XYCvZLBH06dGpH3+M=";
const SIGNATURE_512 =
  "4rbdt+QtBGIq4dnwYxcQMglUFySZqM32D6tEC+jwtVA7/XiLtRx8zEOa5L+FwmxOZsUb11cuogHA1edjgRamyg==";

function header(signature: string, algorithm: string = "hmac-sha256", scheme: string = "Signature"): string {
  return (
    scheme +
    ' keyId="alice-1",algorithm="' +
    algorithm +
    '",headers="@request-target host date",signature="' +
    signature +
    '"'
  );
}

function sent(trial: Trial, authorization: string, date: string = DATE): Seen {
  return trial.get("/orders", ["date", date, "authorization", authorization]);
}

function expectRefused(seen: Seen, details: string): void {
  expect(seen.status).toBe(401);
  expect(seen.details).toBe(details);
  expect(seen.forwarded).toBe(false);
}

describe("a signature that openssl made", () => {
  test("lets its request pass, once", () => {
    const trial = new Trial(CONFIGURATION);
    const seen = sent(trial, header(SIGNATURE));
    expect(seen.status).toBe(200);
    expect(seen.upstreamHas("authorization")).toBe(false);
    expect(seen.remembered("meshscript.consumer")).toBe("alice");
    expectRefused(sent(trial, header(SIGNATURE)), "hmac_replayed");
    expectRefused(sent(new Trial(CONFIGURATION), header(SIGNATURE)), "hmac_replayed");
  });

  test("may be by another algorithm, of a date in seconds, and of a scheme in other letters", () => {
    const authorization = header(SIGNATURE_512, "hmac-sha512", "sIGNATURE");
    expect(sent(new Trial(CONFIGURATION), authorization, "1767225600").status).toBe(200);
  });

  test("is no longer good when its time is over, memory or not", () => {
    const trial = new Trial(CONFIGURATION);
    trial.clock.advance(300_000);
    expectRefused(sent(trial, header(SIGNATURE)), "hmac_replayed");
    trial.clock.advance(1_000);
    expectRefused(sent(trial, header(SIGNATURE)), "hmac_out_of_time");
  });

  test("is told a gRPC client by a status of gRPC", () => {
    const seen = new Trial(CONFIGURATION).get("/orders", ["content-type", "application/grpc"]);
    expect(seen.grpcStatus).toBe(16);
    expect(seen.forwarded).toBe(false);
  });
});

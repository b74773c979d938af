import "./probe";
import { Message, Request, Seen, Trial } from "meshscript/assembly/testing";

const AS_JSON = '"refusal":{"body_format":"PROBLEM_JSON"}';

function refused(settings: string): Seen {
  return new Trial("{" + settings + "}").get("/");
}

function refusedCall(settings: string, kind: string): Seen {
  const request: Message = new Request("POST", "/shop.Orders/List").header("content-type", kind);
  return new Trial("{" + settings + "}").send(request);
}

describe("a refusal", () => {
  test("is a line of text unless told otherwise", () => {
    const seen = refused("");
    expect(seen.status).toBe(401);
    expect(seen.body).toBe("No.\n");
    expect(seen.header("content-type")).toBe("text/plain");
    expect(seen.header("www-authenticate")).toBeNull();
    expect(seen.details).toBe("probe_nobody");
    expect(seen.forwarded).toBe(false);
  });

  test("says how to come back", () => {
    expect(refused('"challenge":"Probe realm=\\"a\\""').header("www-authenticate")).toBe('Probe realm="a"');
  });

  test("may be a problem in JSON", () => {
    const seen = refused(AS_JSON + ',"challenge":"Probe"');
    expect(seen.status).toBe(401);
    expect(seen.headers("content-type")).toStrictEqual(["application/problem+json"]);
    expect(seen.header("www-authenticate")).toBe("Probe");
    expect(seen.body).toBe('{"type":"about:blank","title":"Unauthorized","status":401,"detail":"No."}\n');
  });

  test("is JSON whatever it says", () => {
    const seen = refused(AS_JSON + ',"says":"a \\"b\\" \\\\ c\\td ö"');
    expect(seen.body).toBe(
      '{"type":"about:blank","title":"Unauthorized","status":401,"detail":"a \\"b\\" \\\\ c d ö"}\n',
    );
  });

  test("of a gRPC call is a status with a message, in either format", () => {
    const formats = ["", AS_JSON];
    for (let i = 0; i < formats.length; ++i) {
      const seen = refusedCall(formats[i], "application/grpc+proto");
      expect(seen.status).toBe(200);
      expect(seen.grpcStatus).toBe(16);
      expect(seen.header("grpc-message")).toBe("No.");
      expect(seen.headers("content-type")).toStrictEqual(["application/grpc"]);
    }
    expect(refusedCall("", "application/grpc").header("grpc-message")).toBe("No.");
  });

  test("of what only looks like gRPC is none", () => {
    expect(refusedCall("", "application/grpc-web").body).toBe("No.\n");
    expect(refusedCall("", "application/grpcs").body).toBe("No.\n");
    expect(refusedCall("", "application/grp").body).toBe("No.\n");
  });

  test("has a format that there is", () => {
    expect(new Trial('{"refusal":{"body_format":"XML"}}').problems).toStrictEqual([
      "refusal.body_format: expected one of TEXT, PROBLEM_JSON",
    ]);
  });
});

describe("verdicts", () => {
  test("are counted, refusals by their reason", () => {
    const trial = new Trial("{}");
    const allowed = trial.metric("probe.allowed");
    const denied = trial.metric("probe.denied", ["reason", "probe_nobody"]);
    trial.get("/");
    trial.get("/", ["authorization", "Token a"]);
    trial.get("/", ["authorization", "Other a"]);
    expect(trial.metric("probe.allowed")).toBe(allowed + 1);
    expect(trial.metric("probe.denied", ["reason", "probe_nobody"])).toBe(denied + 2);
  });
});

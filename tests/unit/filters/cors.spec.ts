import "../../../filters/cors/filter";
import { Answer, Request, Seen, Trial } from "meshscript/assembly/testing";

const APP = "https://app.example";

function trialOf(rest: string): Trial {
  const trial = new Trial('{"allow_origin_string_match":[{"exact":"' + APP + '"}' + rest + "}");
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function preflight(trial: Trial, origin: string): Seen {
  const request = new Request("OPTIONS", "/orders");
  return trial.send(request.header("origin", origin).header("access-control-request-method", "PUT"));
}

describe("a response", () => {
  test("is open to an allowed origin", () => {
    const seen = trialOf('],"allow_credentials":true,"expose_headers":"x-total"').get("/", ["origin", APP]);
    expect(seen.header("access-control-allow-origin")).toBe(APP);
    expect(seen.header("access-control-allow-credentials")).toBe("true");
    expect(seen.header("access-control-expose-headers")).toBe("x-total");
    expect(seen.header("vary")).toBe("origin");
  });

  test("is open to no other, whatever the upstream says", () => {
    const trial = trialOf("]");
    trial.upstream(new Answer(200).header("access-control-allow-origin", "*"));
    const origins = ["https://evil.example", "null", APP + ".evil.example", APP + ", " + APP, ""];
    for (let i = 0; i < origins.length; ++i) {
      const seen = trial.get("/", ["origin", origins[i]]);
      expect(seen.status).toBe(200);
      expect(seen.header("access-control-allow-origin")).toBeNull(origins[i]);
    }
    expect(trial.get("/").header("access-control-allow-origin")).toBeNull();
    expect(trial.get("/", ["origin", APP, "origin", APP]).header("access-control-allow-origin")).toBeNull();
  });

  test("is open to all where any origin is allowed", () => {
    const seen = trialOf(',{"exact":"*"}]').get("/");
    expect(seen.header("access-control-allow-origin")).toBe("*");
    expect(seen.header("vary")).toBeNull();
  });
});

describe("a preflight", () => {
  test("is answered in the upstream's place", () => {
    const seen = preflight(trialOf('],"allow_methods":"PUT","allow_headers":"x-a","max_age":"-1"'), APP);
    expect(seen.status).toBe(200);
    expect(seen.forwarded).toBe(false);
    expect(seen.details).toBe("cors_response");
    expect(seen.header("access-control-allow-origin")).toBe(APP);
    expect(seen.header("access-control-allow-methods")).toBe("PUT");
    expect(seen.header("access-control-allow-headers")).toBe("x-a");
    expect(seen.header("access-control-max-age")).toBe("-1");
  });

  test("of another origin is answered without a permission", () => {
    const seen = preflight(trialOf('],"allow_methods":"PUT"'), "https://evil.example");
    expect(seen.status).toBe(200);
    expect(seen.forwarded).toBe(false);
    expect(seen.header("access-control-allow-methods")).toBeNull();
  });

  test("of another origin goes on where others are the upstream's business", () => {
    const trial = trialOf('],"forward_not_matching_preflights":true');
    trial.upstream(new Answer(204).header("access-control-allow-origin", "https://other.example"));
    const seen = preflight(trial, "https://other.example");
    expect(seen.forwarded).toBe(true);
    expect(seen.header("access-control-allow-origin")).toBe("https://other.example");
  });
});

describe("verdicts", () => {
  test("are counted for requests with an origin", () => {
    const trial = trialOf("]");
    const allowed = trial.metric("cors.allowed");
    const denied = trial.metric("cors.denied", ["reason", "origin"]);
    trial.get("/");
    trial.get("/", ["origin", APP]);
    trial.get("/", ["origin", "https://evil.example"]);
    expect(trial.metric("cors.allowed") - allowed).toBe(1);
    expect(trial.metric("cors.denied", ["reason", "origin"]) - denied).toBe(1);
  });
});

describe("a configuration", () => {
  test("is refused that trusts strangers", () => {
    const trusting = ['"allow_credentials":true', '"allow_private_network_access":true'];
    const strangers = ['{"exact":"*"}', '{"exact":"null"}', '{"contains":"app"}', '{"prefix":"https:"}'];
    for (let i = 0; i < trusting.length; ++i)
      for (let j = 0; j < strangers.length; ++j) {
        const trial = new Trial('{"allow_origin_string_match":[' + strangers[j] + "]," + trusting[i] + "}");
        expect(trial.problems.length).toBe(1, strangers[j]);
      }
  });
});

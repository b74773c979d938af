import "../../../filters/jwt/filter";
import { Trial } from "meshscript/assembly/testing";

// Test keys and tokens, of 2026-01-01T00:00:00Z, when a spec begins. They open nothing.
const KEYS =
  '{\\"keys\\":[{\\"kty\\":\\"oct\\",\\"kid\\":\\"a\\",\\"k\\":\\"dGVzdC1zZWNyZXQtYS1vZi1hdC1sZWFzdC0zMi1ieXRlcy1sb25nIQ\\"}]}';
const GOOD =
  "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJpIiwic3ViIjoiYWxpY2UiLCJleHAiOjE3NjcyMjU2NjB9.MA1PuQNbl4kKFrujQcK5sIJydPbwXcVP-LITdjk2_4c";

function trialOf(requires: string): Trial {
  const provider =
    '{"name":"p","issuer":"i","local_jwks":{"inline_string":"' +
    KEYS +
    '"},"claim_to_headers":[{"header_name":"x-user","claim_name":"sub"}]}';
  const rules = '[{"match":{"path":"/health"}},{"match":{"prefix":"/"},"requires":' + requires + "}]";
  const trial = new Trial('{"providers":[' + provider + '],"rules":' + rules + "}");
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function expectNeeded(requires: string): void {
  const trial = trialOf(requires);
  expect(trial.get("/").forwarded).toBe(false, requires);
  expect(trial.get("/health").forwarded).toBe(true, requires);
  const seen = trial.get("/", ["authorization", "Bearer " + GOOD, "x-user", "root"]);
  expect(seen.upstreamHeader("x-user")).toBe("alice", requires);
}

describe("a rule", () => {
  test("asks for a token of a provider, or of any or all of several", () => {
    expectNeeded('{"provider_name":"p"}');
    expectNeeded(
      '{"requires_any":{"requirements":[{"provider_and_audiences":{"provider_name":"p","audiences":["x"]}},{"provider_name":"p"}]}}',
    );
    expectNeeded('{"requires_all":{"requirements":[{"provider_name":"p"},{"provider_name":"p"}]}}');
  });

  test("may let requests pass without a token, and not with a bad one", () => {
    const trial = trialOf('{"allow_missing":{}}');
    const seen = trial.get("/", ["x-user", "root"]);
    expect(seen.forwarded).toBe(true);
    expect(seen.upstreamHeader("x-user")).toBeNull();
    expect(trial.get("/", ["authorization", "Bearer " + GOOD + "A"]).forwarded).toBe(false);
  });

  test("may let requests pass with a bad token, which counts for nothing", () => {
    const trial = trialOf('{"allow_missing_or_failed":{}}');
    const seen = trial.get("/", ["authorization", "Bearer " + GOOD + "A", "x-user", "root"]);
    expect(seen.forwarded).toBe(true);
    expect(seen.upstreamHeader("x-user")).toBeNull();
  });

  test("asks for audiences of its own", () => {
    const trial = trialOf('{"provider_and_audiences":{"provider_name":"p","audiences":["x"]}}');
    expect(trial.get("/", ["authorization", "Bearer " + GOOD]).status).toBe(403);
  });

  test("refuses a path that can be read in two ways", () => {
    expect(trialOf('{"provider_name":"p"}').get("/health/..%2f").status).toBe(400);
  });
});

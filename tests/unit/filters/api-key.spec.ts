import "../../../filters/api-key/filter";
import { Message, Request, Seen, Trial } from "meshscript/assembly/testing";

const CREDENTIALS = '"credentials":[{"key":"k-alice","client":"alice"},{"key":"k-bob","client":"bob"}]';

function trialOf(rest: string): Trial {
  const trial = new Trial("{" + CREDENTIALS + "," + rest + "}");
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function expectRefused(seen: Seen, status: i32, details: string): void {
  expect(seen.status).toBe(status);
  expect(seen.details).toBe(details);
  expect(seen.forwarded).toBe(false);
}

function expectUnknown(seen: Seen): void {
  expectRefused(seen, 401, "api_key_missing_or_unknown");
}

describe("a key in a header", () => {
  test("lets its request pass, and goes no further", () => {
    const seen = trialOf('"key_sources":[{"header":"X-Api-Key"}]').get("/", ["x-api-key", "k-bob"]);
    expect(seen.status).toBe(200);
    expect(seen.upstreamHas("x-api-key")).toBe(false);
    expect(seen.remembered("meshscript.consumer")).toBe("bob");
  });

  test("may stand behind Bearer", () => {
    const trial = trialOf('"key_sources":[{"header":"authorization"}]');
    expect(trial.get("/", ["authorization", "Bearer k-alice"]).remembered("meshscript.consumer")).toBe(
      "alice",
    );
    expectUnknown(trial.get("/", ["authorization", "Basic k-alice"]));
    expectUnknown(trial.get("/", ["authorization", "Bearer "]));
  });

  test("is refused when it is absent, empty, unknown or repeated", () => {
    const trial = trialOf('"key_sources":[{"header":"x-api-key"}]');
    expectUnknown(trial.get("/"));
    expectUnknown(trial.get("/", ["x-api-key", ""]));
    expectUnknown(trial.get("/", ["x-api-key", "k-carol"]));
    expectUnknown(trial.get("/", ["x-api-key", "k-bob", "x-api-key", "k-bob"]));
    expectUnknown(trial.get("/", ["x-api-key", "k-bob", "X-API-KEY", "k-alice"]));
  });

  test("is refused when it is odd: oversized, not ASCII, not UTF-8, nearly right", () => {
    const trial = trialOf('"key_sources":[{"header":"x-api-key"}]');
    expectUnknown(trial.get("/", ["x-api-key", "k".repeat(8192)]));
    expectUnknown(trial.get("/", ["x-api-key", "k-bøb"]));
    expectUnknown(trial.get("/", ["x-api-key", "\udcff\udcfe"]));
    expectUnknown(trial.get("/", ["x-api-key", "k-bob "]));
    expectUnknown(trial.get("/", ["x-api-key", "K-BOB"]));
  });
});

describe("a key in a query parameter", () => {
  test("lets its request pass, and is taken out of the path", () => {
    const seen = trialOf('"key_sources":[{"query":"key"}]').get("/p?a=1&key=k-bob&b=2");
    expect(seen.status).toBe(200);
    expect(seen.upstreamHeader(":path")).toBe("/p?a=1&b=2");
  });

  test("is refused when it is absent or repeated, however it is written", () => {
    const trial = trialOf('"key_sources":[{"query":"key"}]');
    expectUnknown(trial.get("/p"));
    expectUnknown(trial.get("/p?key"));
    expectUnknown(trial.get("/p?key=k-bob&key=k-bob"));
    expectUnknown(trial.get("/p?key=k-bob&%6bey=k-alice"));
    expect(trial.get("/p?key=%6b-bob").status).toBe(200);
  });
});

describe("a key in a cookie", () => {
  test("lets its request pass, and is taken out of the cookies", () => {
    const seen = trialOf('"key_sources":[{"cookie":"key"}]').get("/", ["cookie", "a=1; key=k-bob; b=2"]);
    expect(seen.status).toBe(200);
    expect(seen.upstreamHeaders("cookie")).toStrictEqual(["a=1; b=2"]);
  });

  test("is refused when it is repeated", () => {
    const trial = trialOf('"key_sources":[{"cookie":"key"}]');
    expectUnknown(trial.get("/", ["cookie", "key=k-bob; key=k-bob"]));
    expectUnknown(trial.get("/", ["cookie", "key=k-bob", "cookie", "key=k-bob"]));
  });
});

describe("several places", () => {
  test("take the key from where it is, and strip them all", () => {
    const trial = trialOf('"key_sources":[{"header":"x-api-key"},{"query":"key"},{"cookie":"key"}]');
    expect(trial.get("/?key=k-bob").status).toBe(200);
    expect(trial.get("/", ["x-api-key", "k-bob"]).status).toBe(200);
    expectUnknown(trial.get("/?key=k-bob", ["x-api-key", "k-bob"]));
    expectUnknown(trial.get("/?key=k-bob", ["cookie", "key=x"]));
  });
});

describe("a consumer", () => {
  test("that is not allowed is refused by that name", () => {
    const trial = trialOf('"key_sources":[{"header":"x-api-key"}],"allowed_clients":["alice"]');
    expect(trial.get("/", ["x-api-key", "k-alice"]).status).toBe(200);
    expectRefused(trial.get("/", ["x-api-key", "k-bob"]), 403, "api_key_client_not_allowed");
    expectUnknown(trial.get("/", ["x-api-key", "k-carol"]));
  });

  test("is named to the upstream, whatever the client says", () => {
    const trial = trialOf('"key_sources":[{"header":"x-api-key"}],"forwarding":{"header":"X-Consumer"}');
    const request: Message = new Request().header("x-api-key", "k-bob");
    request.header("x-consumer", "alice").header("X-CONSUMER", "root");
    expect(trial.send(request).upstreamHeaders("x-consumer")).toStrictEqual(["bob"]);
  });

  test("keeps its key where it is wanted so", () => {
    const trial = trialOf('"key_sources":[{"header":"x-api-key"}],"forwarding":{"hide_credentials":false}');
    expect(trial.get("/", ["x-api-key", "k-bob"]).upstreamHeader("x-api-key")).toBe("k-bob");
  });
});

describe("a configuration", () => {
  test("needs credentials and places", () => {
    expect(new Trial("{}").problems).toStrictEqual(["credentials: required", "key_sources: required"]);
    expect(new Trial('{"credentials":[],"key_sources":[]}').problems).toStrictEqual([
      "credentials: must not be empty",
      "key_sources: must not be empty",
    ]);
  });

  test("has exactly one place in each source", () => {
    const wrong = '"key_sources":[{},{"header":"a","query":"b"}]';
    expect(new Trial("{" + CREDENTIALS + "," + wrong + "}").problems).toStrictEqual([
      "key_sources[0]: expected exactly one of header, query, cookie",
      "key_sources[1]: expected exactly one of header, query, cookie",
    ]);
  });

  test("has no key twice and no client without one", () => {
    const trial = new Trial(
      '{"credentials":[{"key":"k","client":"a"},{"key":"k","client":"b"}],' +
        '"key_sources":[{"header":"h"}],"allowed_clients":["a","c"]}',
    );
    expect(trial.problems).toStrictEqual([
      "credentials[1]: its key stands there twice",
      "allowed_clients[1]: no credential is this client's",
    ]);
  });
});

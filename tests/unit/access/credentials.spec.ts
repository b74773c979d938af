import "./probe";
import { Seen, Trial } from "meshscript/assembly/testing";

function trialOf(settings: string): Trial {
  const trial = new Trial("{" + settings + "}");
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function consumerOf(seen: Seen): string {
  const name = seen.remembered("meshscript.consumer");
  return name === null ? "(none)" : name;
}

describe("a credential", () => {
  test("stands in a header, a query parameter or a cookie", () => {
    expect(consumerOf(trialOf('"places":[{"header":"X-K"}]').get("/", ["x-k", "a"]))).toBe("a");
    expect(consumerOf(trialOf('"places":[{"query":"k"}]').get("/?k=%61"))).toBe("a");
    expect(consumerOf(trialOf('"places":[{"cookie":"k"}]').get("/", ["cookie", "k=a"]))).toBe("a");
  });

  test("stands behind its prefix, written exactly so", () => {
    const trial = trialOf('"places":[{"header":"x-k","value_prefix":"Schlüssel "}]');
    expect(consumerOf(trial.get("/", ["x-k", "Schlüssel a"]))).toBe("a");
    expect(consumerOf(trial.get("/", ["x-k", "Schlüssel  a"]))).toBe(" a");
    expect(trial.get("/", ["x-k", "schlüssel a"]).status).toBe(401);
    expect(trial.get("/", ["x-k", "Schlüssel"]).status).toBe(401);
    expect(trial.get("/", ["x-k", "a"]).status).toBe(401);
  });

  test("stands where the filter looks when no setting says so", () => {
    expect(consumerOf(trialOf("").get("/", ["authorization", "Token a"]))).toBe("a");
    expect(trialOf("").get("/", ["authorization", "a"]).status).toBe(401);
  });

  test("that comes twice is counted twice, whatever it begins with", () => {
    const trial = trialOf('"places":[{"header":"x-k","value_prefix":"T "}]');
    expect(trial.get("/", ["x-k", "T a", "X-K", "other"]).status).toBe(401);
  });

  test("is taken out unless it should stay", () => {
    const settings = '"places":[{"header":"x-k"}]';
    expect(trialOf(settings).get("/", ["x-k", "a"]).upstreamHas("x-k")).toBe(false);
    const kept = trialOf(settings + ',"forwarding":{"hide_credentials":false}');
    expect(kept.get("/", ["x-k", "a"]).upstreamHeader("x-k")).toBe("a");
  });

  test("has one place that HTTP knows", () => {
    const wrong =
      '{"places":[{},{"header":"a","cookie":"b"},{"query":"a","value_prefix":"b"},{"header":":path"},{"header":"a b"}]}';
    expect(new Trial(wrong).problems).toStrictEqual([
      "places[0]: expected exactly one of header, query, cookie",
      "places[1]: expected exactly one of header, query, cookie",
      "places[2].value_prefix: stands in front of headers only",
      "places[3].header: is no name of a header",
      "places[4].header: is no name of a header",
    ]);
  });
});

describe("a consumer", () => {
  const settings = '"places":[{"header":"x-k"}],"forwarding":{"header":"X-Consumer-Name"}';

  test("is named to the upstream and to later filters", () => {
    const seen = trialOf(settings).get("/", ["x-k", "jörg"]);
    expect(seen.upstreamHeaders("x-consumer-name")).toStrictEqual(["jörg"]);
    expect(consumerOf(seen)).toBe("jörg");
    expect(seen.remembered("meshscript.claims")).toBe("jörg");
  });

  test("is nobody that a client names, in whatever spelling", () => {
    const forged = [
      "X-CONSUMER-NAME",
      "x",
      "x_consumer_name",
      "x",
      "x-consumer_name",
      "x",
      "x-consumer-name",
      "x",
    ];
    const seen = trialOf(settings).get("/", forged.concat(["x-k", "a", "x-consumer-names", "kept"]));
    expect(seen.upstreamHeaders("x-consumer-name")).toStrictEqual(["a"]);
    expect(seen.upstreamHas("x_consumer_name")).toBe(false);
    expect(seen.upstreamHas("x-consumer_name")).toBe(false);
    expect(seen.upstreamHeader("x-consumer-names")).toBe("kept");
    const nobody = trialOf(settings).get("/", forged.concat(["x-k", "anonymous"]));
    expect(nobody.upstreamHas("x-consumer-name")).toBe(false);
    expect(consumerOf(nobody)).toBe("(none)");
  });

  test("may stand where its credential stood", () => {
    const trial = trialOf('"places":[{"header":"x-k"}],"forwarding":{"header":"x-k"}');
    expect(trial.get("/", ["x-k", "a"]).upstreamHeaders("x-k")).toStrictEqual(["a"]);
  });

  test("is told by no header that HTTP does not know", () => {
    expect(new Trial('{"forwarding":{"header":"a b"}}').problems).toStrictEqual([
      "forwarding.header: is no name of a header",
    ]);
  });
});

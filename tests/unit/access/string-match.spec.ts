import { Bytes, Exchange, HttpFilter, StringMatch, config, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Matching extends HttpFilter {
  match: StringMatch = config.group<StringMatch>("match");

  override onConfigure(): void {
    latest = this;
  }
}

register<Matching>();

let latest: Matching | null = null;

function matches(json: string, value: string): bool {
  const trial = new Trial('{"match":' + json + "}");
  expect(trial.problems).toStrictEqual([], json);
  return latest!.match.matches(Bytes.ofText(value));
}

function problems(json: string): string[] {
  return new Trial('{"match":' + json + "}").problems;
}

describe("a matcher of texts", () => {
  test("wants the whole text where it is exact", () => {
    expect(matches('{"exact":"abc"}', "abc")).toBe(true);
    const others = ["", "ab", "abcd", "xabc", "abC", "abc "];
    for (let i = 0; i < others.length; ++i)
      expect(matches('{"exact":"abc"}', others[i])).toBe(false, others[i]);
  });

  test("takes an empty exact for the empty text", () => {
    expect(matches('{"exact":""}', "")).toBe(true);
    expect(matches('{"exact":""}', "a")).toBe(false);
  });

  test("looks at the beginning, at the end, or everywhere", () => {
    expect(matches('{"prefix":"ab"}', "ab")).toBe(true);
    expect(matches('{"prefix":"ab"}', "abc")).toBe(true);
    expect(matches('{"prefix":"ab"}', "xab")).toBe(false);
    expect(matches('{"prefix":"ab"}', "a")).toBe(false);
    expect(matches('{"suffix":"ab"}', "ab")).toBe(true);
    expect(matches('{"suffix":"ab"}', "xab")).toBe(true);
    expect(matches('{"suffix":"ab"}', "abx")).toBe(false);
    expect(matches('{"contains":"ab"}', "ab")).toBe(true);
    expect(matches('{"contains":"ab"}', "xxab")).toBe(true);
    expect(matches('{"contains":"ab"}', "aabx")).toBe(true);
    expect(matches('{"contains":"ab"}', "axb")).toBe(false);
    expect(matches('{"contains":"ab"}', "")).toBe(false);
  });

  test("takes letters of ASCII alike where it is told so, and no other bytes", () => {
    expect(matches('{"exact":"aBz","ignore_case":true}', "AbZ")).toBe(true);
    expect(matches('{"prefix":"A","ignore_case":true}', "ab")).toBe(true);
    expect(matches('{"suffix":"B","ignore_case":true}', "ab")).toBe(true);
    expect(matches('{"contains":"B","ignore_case":true}', "abc")).toBe(true);
    expect(matches('{"exact":"@[","ignore_case":true}', "`{")).toBe(false);
    expect(matches('{"exact":"ä","ignore_case":true}', "Ä")).toBe(false);
    expect(matches('{"exact":"ä"}', "ä")).toBe(true);
  });

  test("refuses none, several, empty ones and regular expressions", () => {
    expect(problems("{}")).toStrictEqual(["match: expected one of exact, prefix, suffix, contains"]);
    expect(problems('{"exact":"a","suffix":"b"}')).toStrictEqual([
      "match: expected only one of exact, prefix, suffix, contains",
    ]);
    expect(problems('{"prefix":""}')).toStrictEqual(["match.prefix: must not be empty"]);
    expect(problems('{"suffix":""}')).toStrictEqual(["match.suffix: must not be empty"]);
    expect(problems('{"contains":""}')).toStrictEqual(["match.contains: must not be empty"]);
    expect(problems('{"safe_regex":{"regex":"a.*"}}')).toStrictEqual([
      "match.safe_regex: is not offered: say it with exact, prefix, suffix or contains",
    ]);
    expect(problems('{"exact":"a","glob":"*"}')).toStrictEqual(["match.glob: unknown setting"]);
  });

  test("says whether it is one text", () => {
    expect(matches('{"exact":"*"}', "*")).toBe(true);
    expect(latest!.match.isOnly("*")).toBe(true);
    expect(latest!.match.isOnly("a")).toBe(false);
    matches('{"prefix":"*"}', "*");
    expect(latest!.match.isOnly("*")).toBe(false);
  });
});

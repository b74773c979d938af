import {
  Bytes,
  Exchange,
  HttpFilter,
  StringMatch,
  authorityOf,
  config,
  hasOneOwner,
  isOrigin,
  register,
} from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Matching extends HttpFilter {
  match: StringMatch = config.group<StringMatch>("match");

  override onConfigure(): void {
    latest = this;
  }
}

register<Matching>();

let latest: Matching | null = null;

function owned(json: string, isWhole: bool = true): bool {
  expect(new Trial('{"match":' + json + "}").problems).toStrictEqual([]);
  return hasOneOwner(latest!.match, isWhole);
}

function authority(url: string): string {
  const found = authorityOf(Bytes.ofText(url));
  return found === null ? "none" : found.toString();
}

describe("an origin", () => {
  test("is a scheme, a host and perhaps a port", () => {
    const sound = [
      "https://app.example",
      "http://a:8080",
      "https://[::1]:80",
      "chrome-extension://abc_1",
      "a+b.c://d",
    ];
    for (let i = 0; i < sound.length; ++i) expect(isOrigin(Bytes.ofText(sound[i]))).toBe(true, sound[i]);
  });

  test("is nothing else", () => {
    const wrong = [
      "",
      "null",
      "*",
      "app.example",
      "://app.example",
      "https://",
      "https:/a",
      "https:a",
      "https//a",
      "1http://a",
      "-http://a",
      "https://a/",
      "https://a?b",
      "https://a#b",
      "https://a b",
      "https://a, https://b",
      "https://a,https://b",
      " https://a",
      "https://a ",
      "https://user@a",
      "https://a\\b",
      "https://a%2eb",
      "https://ä",
      "https://a\0",
      "ht tp://a",
    ];
    for (let i = 0; i < wrong.length; ++i) expect(isOrigin(Bytes.ofText(wrong[i]))).toBe(false, wrong[i]);
  });
});

describe("the host of a URL", () => {
  test("ends where path, query or fragment begin", () => {
    expect(authority("https://app.example/a/b?c")).toBe("app.example");
    expect(authority("https://app.example:8443")).toBe("app.example:8443");
    expect(authority("https://app.example?https://b")).toBe("app.example");
    expect(authority("https://app.example#b")).toBe("app.example");
    expect(authority("https://[2001:db8::1]:80/")).toBe("[2001:db8::1]:80");
  });

  test("is not told where somebody could take it for another", () => {
    const odd = [
      "https://good@evil/",
      "https://good:pw@evil/",
      "https://good\\evil/",
      "https://good,evil/",
      "/a",
      "a/b://c",
    ];
    for (let i = 0; i < odd.length; ++i) expect(authority(odd[i])).toBe("none", odd[i]);
  });
});

describe("a pattern of origins", () => {
  test("has one owner where the host is bound at its end", () => {
    const sound = [
      '{"exact":"https://app.example"}',
      '{"suffix":".app.example"}',
      '{"suffix":"://app.example"}',
      '{"suffix":"s://app.example"}',
      '{"prefix":"https://app.example:"}',
      '{"prefix":"https://app.example:80"}',
      '{"prefix":"https://[::1]:"}',
    ];
    for (let i = 0; i < sound.length; ++i) expect(owned(sound[i])).toBe(true, sound[i]);
  });

  test("has many where anybody can have such a host", () => {
    const open = [
      '{"exact":"*"}',
      '{"exact":"null"}',
      '{"suffix":"app.example"}',
      '{"suffix":"."}',
      '{"suffix":"://"}',
      '{"prefix":"https://"}',
      '{"prefix":"https:"}',
      '{"prefix":"https://app.example"}',
      '{"prefix":"app.example"}',
      '{"prefix":"https://[2001:db8:"}',
      '{"prefix":"https://app.example:x"}',
      '{"prefix":":"}',
      '{"prefix":"app.example:"}',
      '{"contains":"://app.example:"}',
    ];
    for (let i = 0; i < open.length; ++i) expect(owned(open[i])).toBe(false, open[i]);
  });

  test("may be one of hosts and ports alone", () => {
    expect(owned('{"prefix":"app.example:"}', false)).toBe(true);
    expect(owned('{"prefix":"app.example:80"}', false)).toBe(true);
    expect(owned('{"prefix":"app.example"}', false)).toBe(false);
    expect(owned('{"prefix":":80"}', false)).toBe(false);
    expect(owned('{"exact":"app.example:8443"}', false)).toBe(true);
    expect(owned('{"exact":"null"}', false)).toBe(false);
  });
});

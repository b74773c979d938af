import {
  Action,
  Exchange,
  Fit,
  HeaderMatch,
  HttpFilter,
  RequestMatch,
  config,
  normalPath,
  register,
} from "meshscript/assembly";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { Message, Request, Trial } from "meshscript/assembly/testing";

/** Says which of its matches fit: `m` or `-` for the request, and how many lines of the header: 0, +, *. */
class Matcher extends HttpFilter {
  request: RequestMatch = config.group<RequestMatch>("request");
  header: HeaderMatch | null = config.optionalGroup<HeaderMatch>("header");

  override onRequest(x: Exchange): Action {
    const path = normalPath(x.request);
    const fits = path !== null && this.request.matches(x.request, path);
    return x.reply(200, (fits ? "m" : "-") + this.fit(x));
  }

  private fit(x: Exchange): string {
    const header = this.header;
    if (header === null) return "";
    const fit = header.fit(x.request);
    expect(header.matches(x.request)).toBe(fit != Fit.None);
    return fit == Fit.None ? "0" : fit == Fit.Some ? "+" : "*";
  }
}

register<Matcher>();

function fits(match: string, path: string, method: string = "GET"): bool {
  return new Trial(`{"request":{${match}}}`).send(new Request(method, path)).body == "m";
}

function fitsHeaders(match: string, lines: string[]): string {
  const request: Message = new Request();
  for (let i = 0; i + 1 < lines.length; i += 2) request.header(lines[i], lines[i + 1]);
  return new Trial(`{"header":{${match}}}`).send(request).body.slice(1);
}

function expectProblems(configuration: string, problems: string[]): void {
  const found = new Trial(configuration).problems;
  expect(found.length).toBe(problems.length, configuration);
  for (let i = 0; i < found.length; ++i) expect(found[i]).toBe(problems[i]);
}

describe("a request match", () => {
  test("without conditions fits all requests", () => {
    expect(fits("", "/a")).toBe(true);
    expect(fits("", "*", "OPTIONS")).toBe(true);
    expect(fits("", "", "CONNECT")).toBe(true);
  });

  test("with a path fits that one", () => {
    expect(fits(`"path":"/a"`, "/a?b")).toBe(true);
    expect(fits(`"path":"/a"`, "//x/../a")).toBe(false, "doubtful");
    expect(fits(`"path":"/a"`, "/x/../%61;p")).toBe(true);
    expect(fits(`"path":"/a"`, "/a/")).toBe(false);
    expect(fits(`"path":"/a"`, "/A")).toBe(false);
    expect(fits(`"path":"/a"`, "/")).toBe(false);
  });

  test("with a prefix fits what begins so", () => {
    expect(fits(`"prefix":"/a"`, "/a")).toBe(true);
    expect(fits(`"prefix":"/a"`, "/ab/c")).toBe(true);
    expect(fits(`"prefix":"/a"`, "/b/a")).toBe(false);
    expect(fits(`"prefix":"/"`, "/")).toBe(true);
    expect(fits(`"prefix":"/"`, "*", "OPTIONS")).toBe(false);
    expect(fits(`"prefix":"/"`, "", "CONNECT")).toBe(false);
  });

  test("with a separated prefix fits whole segments", () => {
    expect(fits(`"path_separated_prefix":"/a/b"`, "/a/b")).toBe(true);
    expect(fits(`"path_separated_prefix":"/a/b"`, "/a/b/")).toBe(true);
    expect(fits(`"path_separated_prefix":"/a/b"`, "/a/b/c")).toBe(true);
    expect(fits(`"path_separated_prefix":"/a/b"`, "/a/bc")).toBe(false);
    expect(fits(`"path_separated_prefix":"/a/b"`, "/a")).toBe(false);
  });

  test("may take both cases of letters for the same", () => {
    expect(fits(`"path":"/Admin/x1","case_sensitive":false`, "/aDMIN/X1")).toBe(true);
    expect(fits(`"prefix":"/Admin","case_sensitive":false`, "/aDMINs")).toBe(true);
    expect(fits(`"path_separated_prefix":"/Admin","case_sensitive":false`, "/ADMIN/x")).toBe(true);
    expect(fits(`"path":"/a@","case_sensitive":false`, "/a%60")).toBe(false);
  });

  test("with methods fits any of them, in this spelling", () => {
    expect(fits(`"methods":["GET","POST"]`, "/", "POST")).toBe(true);
    expect(fits(`"methods":["GET","POST"]`, "/", "PUT")).toBe(false);
    expect(fits(`"methods":["GET"]`, "/", "get")).toBe(false);
    expect(fits(`"methods":["GET"]`, "/", "GETX")).toBe(false);
  });

  test("wants all of its conditions", () => {
    const match = `"path":"/a","methods":["POST"],"headers":[{"name":"x"},{"name":"y"}]`;
    const trial = new Trial(`{"request":{${match}}}`);
    expect(trial.send(new Request("POST", "/a").header("x", "").header("y", "1")).body).toBe("m");
    expect(trial.send(new Request("POST", "/a").header("x", "")).body).toBe("-");
    expect(trial.send(new Request("POST", "/b").header("x", "").header("y", "1")).body).toBe("-");
    expect(trial.send(new Request("GET", "/a").header("x", "").header("y", "1")).body).toBe("-");
  });

  test("is refused with a path that can fit none", () => {
    const reason = "is no path in normal form";
    expectProblems(`{"request":{"path":"a"}}`, ["request.path: " + reason]);
    expectProblems(`{"request":{"prefix":"/a/../b"}}`, ["request.prefix: " + reason]);
    expectProblems(`{"request":{"path_separated_prefix":"/%61"}}`, [
      "request.path_separated_prefix: " + reason,
    ]);
    expectProblems(`{"request":{"path_separated_prefix":"/a/"}}`, [
      "request.path_separated_prefix: must not end in a slash",
    ]);
    expectProblems(`{"request":{"path":"/a","prefix":"/a"}}`, [
      "request: expected at most one of path, prefix, path_separated_prefix",
    ]);
  });
});

describe("a header match", () => {
  const prod = `"name":"X-Env","string_match":{"exact":"prod"}`;

  test("wants the header to be there", () => {
    expect(fitsHeaders(`"name":"x-env"`, ["x-env", ""])).toBe("*");
    expect(fitsHeaders(`"name":"x-env"`, ["x-en", "", "x_env", ""])).toBe("0");
    expect(fitsHeaders(`"name":"x-env","present_match":true`, ["x-env", "a", "x-env", "b"])).toBe("*");
  });

  test("or to be absent", () => {
    expect(fitsHeaders(`"name":"x-env","present_match":false`, [])).toBe("*");
    expect(fitsHeaders(`"name":"x-env","present_match":false`, ["x-env", ""])).toBe("0");
    expect(fitsHeaders(`"name":"x-env","invert_match":true`, [])).toBe("*");
    expect(fitsHeaders(`"name":"x-env","invert_match":true`, ["x-env", "a"])).toBe("0");
    expect(fitsHeaders(`"name":"x-env","present_match":false,"invert_match":true`, ["x-env", "a"])).toBe("*");
    expect(fitsHeaders(`"name":"x-env","present_match":false,"invert_match":true`, [])).toBe("0");
  });

  test("wants a value", () => {
    expect(fitsHeaders(prod, ["x-env", "prod"])).toBe("*");
    expect(fitsHeaders(prod, ["x-env", "Prod"])).toBe("0");
    expect(fitsHeaders(prod, ["x-env", ""])).toBe("0");
    expect(fitsHeaders(prod, [])).toBe("0");
  });

  test("or another one", () => {
    expect(fitsHeaders(prod + `,"invert_match":true`, ["x-env", "test"])).toBe("*");
    expect(fitsHeaders(prod + `,"invert_match":true`, ["x-env", "prod"])).toBe("0");
    expect(fitsHeaders(prod + `,"invert_match":true`, [])).toBe("0", "an absent header has no value");
  });

  test("may take an absent header for an empty one", () => {
    const missing = `,"treat_missing_header_as_empty":true`;
    expect(fitsHeaders(prod + missing, [])).toBe("0");
    expect(fitsHeaders(prod + missing + `,"invert_match":true`, [])).toBe("*");
    expect(fitsHeaders(`"name":"x-env"` + missing, [])).toBe("*");
  });

  test("tells lines that contradict each other", () => {
    expect(fitsHeaders(prod, ["x-env", "prod", "x-env", "test"])).toBe("+");
    expect(fitsHeaders(prod, ["x-env", "test", "x-env", "prod"])).toBe("+");
    expect(fitsHeaders(prod, ["x-env", "prod", "x-env", "prod"])).toBe("*");
    expect(fitsHeaders(prod, ["x-env", "test", "x-env", "dev"])).toBe("0");
    expect(fitsHeaders(prod + `,"invert_match":true`, ["x-env", "test", "x-env", "prod"])).toBe("+");
    expect(fitsHeaders(prod, ["x-env", "prod,test"])).toBe("0");
  });

  test("finds the host where the proxy keeps it", () => {
    expect(
      fitsHeaders(`"name":"Host","string_match":{"exact":"example.test"}`, [":authority", "example.test"]),
    ).toBe("*");
  });

  test("is refused where it can mean nothing", () => {
    expectProblems(`{"header":{"name":"x y"}}`, ["header.name: is no name of a header"]);
    expectProblems(`{"header":{}}`, ["header.name: required", "header.name: is no name of a header"]);
    expectProblems(`{"header":{"name":":Path"}}`, [
      "header.name: one path has many spellings: use a path match",
    ]);
    expectProblems(`{"header":{${prod},"present_match":true}}`, [
      "header: expected only one of string_match, present_match",
    ]);
  });
});

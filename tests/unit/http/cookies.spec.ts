import { Action, Exchange } from "meshscript/assembly";
import { Message, Request, Seen } from "meshscript/assembly/testing";
import { onRequest } from "./probe";

let name: string = "";

function cookies(lines: string[]): Message {
  const request = new Request();
  for (let i = 0; i < lines.length; ++i) request.header("cookie", lines[i]);
  return request;
}

function without(removed: string, lines: string[]): Seen {
  name = removed;
  return onRequest((x: Exchange): Action => {
    x.request.cookies.remove(name);
    return Action.Continue;
  }, cookies(lines));
}

describe("a cookie", () => {
  test("is read by its name, of several the first", () => {
    onRequest(
      (x: Exchange): Action => {
        const all = x.request.cookies;
        expect(all.get("a")).toBe("1");
        expect(all.get("b")).toBe("x=y");
        expect(all.get("c")).toBe("");
        expect(all.get("d")).toBeNull();
        expect(all.getBytes("a")!.length).toBe(1);
        expect(all.count("a")).toBe(2);
        expect(all.count("d")).toBe(0);
        return Action.Continue;
      },
      cookies(["a=1; b=x=y;c=; a=2"]),
    );
  });

  test("may stand in any line", () => {
    onRequest(
      (x: Exchange): Action => {
        expect(x.request.cookies.get("b")).toBe("2");
        expect(x.request.cookies.count("a")).toBe(2);
        return Action.Continue;
      },
      cookies(["a=1", "a=3; b=2"]),
    );
  });

  test("loses the quotes around it", () => {
    onRequest(
      (x: Exchange): Action => {
        expect(x.request.cookies.get("a")).toBe("1 2");
        expect(x.request.cookies.get("b")).toBe("");
        expect(x.request.cookies.get("c")).toBe('"');
        expect(x.request.cookies.get("d")).toBe('"e');
        return Action.Continue;
      },
      cookies(['a="1 2"; b=""; c="; d="e']),
    );
  });

  test("is none where there is no cookie at all", () => {
    onRequest((x: Exchange): Action => {
      expect(x.request.cookies.get("a")).toBeNull();
      expect(x.request.cookies.count("")).toBe(0);
      return Action.Continue;
    }, new Request());
  });

  test("is removed with all of its name, the others stay", () => {
    expect(without("a", ["a=1; b=2; a=3; c=4"]).upstreamHeaders("cookie")).toStrictEqual(["b=2; c=4"]);
    expect(without("a", ["a=1", "b=2; a=3"]).upstreamHeaders("cookie")).toStrictEqual(["b=2"]);
    expect(without("a", ["a=1"]).upstreamHas("cookie")).toBe(false);
    expect(without("x", ["a=1;b=2"]).upstreamHeaders("cookie")).toStrictEqual(["a=1;b=2"]);
  });
});

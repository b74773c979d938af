import { Action, Exchange } from "meshscript/assembly";
import { Request } from "meshscript/assembly/testing";
import { onRequest } from "./probe";

let name: string = "";

/** The path that goes on after all parameters of a name were removed from it. */
function without(removed: string, path: string): string | null {
  name = removed;
  return onRequest(
    (x: Exchange): Action => {
      x.request.query.remove(name);
      return Action.Continue;
    },
    new Request("GET", path),
  ).upstreamHeader(":path");
}

describe("a query parameter", () => {
  test("is read by its name, of several the first", () => {
    onRequest(
      (x: Exchange): Action => {
        const query = x.request.query;
        expect(query.get("a")).toBe("1");
        expect(query.get("b")).toBe("");
        expect(query.get("c")).toBe("");
        expect(query.get("d")).toBeNull();
        expect(query.getBytes("a")!.toString()).toBe("1");
        expect(query.count("a")).toBe(2);
        expect(query.count("b")).toBe(1);
        expect(query.count("d")).toBe(0);
        return Action.Continue;
      },
      new Request("GET", "/p?a=1&b=&c&a=2"),
    );
  });

  test("may have an equals sign in its value", () => {
    onRequest(
      (x: Exchange): Action => {
        expect(x.request.query.get("token")).toBe("YWI=");
        return Action.Continue;
      },
      new Request("GET", "/?token=YWI="),
    );
  });

  test("is compared and read with its escapes resolved", () => {
    onRequest(
      (x: Exchange): Action => {
        expect(x.request.query.get("a b")).toBe("ä&=/%");
        expect(x.request.query.get("c")).toBe("%zz%4%");
        expect(x.request.query.count("key")).toBe(2);
        expect(x.request.query.get("odd")).toBe("\udcff");
        return Action.Continue;
      },
      new Request("GET", "/?a%20b=%C3%a4%26%3D/%25&c=%zz%4%&key=1&%6bey=2&odd=%ff"),
    );
  });

  test("is none without a question mark, and none of a fragment", () => {
    onRequest(
      (x: Exchange): Action => {
        expect(x.request.query.get("a")).toBeNull();
        expect(x.request.query.count("a")).toBe(0);
        return Action.Continue;
      },
      new Request("GET", "/a=1"),
    );
    onRequest(
      (x: Exchange): Action => {
        expect(x.request.query.get("a")).toBe("1");
        expect(x.request.query.get("b")).toBeNull();
        return Action.Continue;
      },
      new Request("GET", "/?a=1#?b=2&b=3"),
    );
  });

  test("is removed with all of its name, the rest stays as it is", () => {
    expect(without("a", "/p?a=1&b=%20&a=2")).toBe("/p?b=%20");
    expect(without("a", "/p?b=1&a=2&c")).toBe("/p?b=1&c");
    expect(without("a", "/p?b=1&%61=2")).toBe("/p?b=1");
    expect(without("a", "/p?a")).toBe("/p");
    expect(without("a", "/p?a=1#f")).toBe("/p#f");
    expect(without("a", "/p?a=1&b=2#f?a=3")).toBe("/p?b=2#f?a=3");
    expect(without("x", "/p?a=1&&b")).toBe("/p?a=1&&b");
    expect(without("a", "/p")).toBe("/p");
  });
});

import { Action, Exchange } from "meshscript/assembly";
import { Request } from "meshscript/assembly/testing";
import { newLines, onBoth, onRequest, onResponse } from "./probe";
import { Answer } from "meshscript/assembly/testing";

function sample(): Request {
  const request = new Request("GET", "/p?q=1");
  request.header("x-one", "1").header("X-Twice", "a").header("x-empty", "").header("x-twice", "b");
  request.header("x-odd", "\udcff").header("x-text", "ä€");
  return request;
}

describe("a header is read", () => {
  test("as text, null where it is absent, of several the first", () => {
    onRequest((x: Exchange): Action => {
      const headers = x.request.headers;
      expect(headers.get("x-one")).toBe("1");
      expect(headers.get("X-ONE")).toBe("1");
      expect(headers.get("x-twice")).toBe("a");
      expect(headers.get("x-empty")).toBe("");
      expect(headers.get("x-absent")).toBeNull();
      expect(headers.get("x-text")).toBe("ä€");
      expect(headers.get("x-odd")).toBe("\udcff");
      return Action.Continue;
    }, sample());
  });

  test("as bytes", () => {
    onRequest((x: Exchange): Action => {
      const bytes = x.request.headers.getBytes("x-odd");
      expect(bytes!.length).toBe(1);
      expect(bytes!.at(0)).toBe(0xff);
      expect(x.request.headers.getBytes("x-absent") === null).toBe(true);
      return Action.Continue;
    }, sample());
  });

  test("only where it stands once", () => {
    onRequest((x: Exchange): Action => {
      const headers = x.request.headers;
      expect(headers.only("x-one")).toBe("1");
      expect(headers.only("x-twice")).toBeNull();
      expect(headers.only("x-absent")).toBeNull();
      expect(headers.only("x-empty")).toBe("");
      expect(headers.onlyBytes("x-one")!.toString()).toBe("1");
      expect(headers.onlyBytes("x-twice") === null).toBe(true);
      return Action.Continue;
    }, sample());
  });

  test("in all its lines", () => {
    onRequest((x: Exchange): Action => {
      expect(x.request.headers.getAll("x-twice")).toStrictEqual(["a", "b"]);
      expect(x.request.headers.getAll("x-absent")).toStrictEqual([]);
      expect(x.request.headers.count("x-twice")).toBe(2);
      expect(x.request.headers.count("x-one")).toBe(1);
      expect(x.request.headers.count("x-absent")).toBe(0);
      return Action.Continue;
    }, sample());
  });

  test("for being there", () => {
    onRequest((x: Exchange): Action => {
      expect(x.request.headers.has("x-empty")).toBe(true);
      expect(x.request.headers.has("x-absent")).toBe(false);
      return Action.Continue;
    }, sample());
  });

  test("for a value, without making a text of it", () => {
    onRequest((x: Exchange): Action => {
      const headers = x.request.headers;
      expect(headers.is("x-one", "1")).toBe(true);
      expect(headers.is("x-one", "2")).toBe(false);
      expect(headers.is("x-one", "")).toBe(false);
      expect(headers.is("x-empty", "")).toBe(true);
      expect(headers.is("x-absent", "")).toBe(false);
      expect(headers.is("x-text", "ä€")).toBe(true);
      return Action.Continue;
    }, sample());
  });

  test("not under a name that no header can have", () => {
    onRequest((x: Exchange): Action => {
      expect(x.request.headers.get("")).toBeNull();
      expect(x.request.headers.has("a b")).toBe(false);
      expect(x.request.headers.count("a\nb")).toBe(0);
      expect(x.request.headers.getAll("ä")).toStrictEqual([]);
      return Action.Continue;
    }, sample());
  });

  test("the same way however often", () => {
    for (let i = 0; i < 5; ++i) {
      onRequest((x: Exchange): Action => {
        for (let j = 0; j < 3; ++j) {
          expect(x.request.headers.get("x-text")).toBe("ä€");
          expect(x.request.headers.get("x-absent")).toBeNull();
          expect(x.request.headers.get("x-twice")).toBe("a");
        }
        return Action.Continue;
      }, sample());
    }
  });

  test("whatever its size", () => {
    for (let size = 1; size < 40; ++size) {
      const request = new Request().header("x-size", "v".repeat(size));
      const seen = onRequest((x: Exchange): Action => {
        const value = x.request.headers.get("x-size");
        x.request.headers.set("x-copy", value!);
        return Action.Continue;
      }, request);
      expect(seen.upstreamHeader("x-copy")).toBe("v".repeat(size));
    }
    const long = "l".repeat(100_000);
    const seen = onRequest(
      (x: Exchange): Action => {
        x.request.headers.set("x-copy", x.request.headers.get("x-size")!);
        return Action.Continue;
      },
      new Request().header("x-size", long),
    );
    expect(seen.upstreamHeader("x-copy")).toBe(long);
  });
});

describe("all headers are walked", () => {
  test("line by line, in order", () => {
    onRequest((x: Exchange): Action => {
      const lines: string[] = [];
      const cursor = x.request.headers.entries();
      while (cursor.next()) if (!cursor.name.startsWith(":")) lines.push(cursor.name + "=" + cursor.value);
      expect(lines).toStrictEqual([
        "x-one=1",
        "x-twice=a",
        "x-empty=",
        "x-twice=b",
        "x-odd=\udcff",
        "x-text=ä€",
      ]);
      expect(cursor.count).toBe(10);
      expect(cursor.next()).toBe(false);
      return Action.Continue;
    }, sample());
  });

  test("again from the beginning", () => {
    onRequest((x: Exchange): Action => {
      const cursor = x.request.headers.entries();
      cursor.next();
      const first = cursor.nameBytes.toString();
      while (cursor.next()) {}
      cursor.rewind();
      expect(cursor.next()).toBe(true);
      expect(cursor.name).toBe(first);
      return Action.Continue;
    }, sample());
  });

  test("as they were when the walk began", () => {
    onRequest((x: Exchange): Action => {
      const cursor = x.request.headers.entries();
      let found = 0;
      while (cursor.next()) {
        if (cursor.isNamed("X-Twice")) x.request.headers.remove("x-twice");
        if (cursor.isNamed("x-twice")) ++found;
      }
      expect(found).toBe(2);
      expect(x.request.headers.has("x-twice")).toBe(false);
      return Action.Continue;
    }, sample());
  });
});

describe("parts of a request have names of their own", () => {
  test("method, path, authority, scheme", () => {
    onRequest((x: Exchange): Action => {
      expect(x.request.method).toBe("GET");
      expect(x.request.path).toBe("/p?q=1");
      expect(x.request.authority).toBe("example.com");
      expect(x.request.scheme).toBe("http");
      return Action.Continue;
    }, sample());
  });

  test("the status of a response", () => {
    onResponse(
      (x: Exchange): Action => {
        expect(x.response.status).toBe(418);
        expect(x.response.headers.get("x-from")).toBe("upstream");
        return Action.Continue;
      },
      new Answer(418).header("x-from", "upstream"),
    );
  });
});

describe("headers that the host does not show", () => {
  test("are not found, and the log says so", () => {
    newLines();
    onBoth(
      (x: Exchange): Action => {
        expect(x.response.headers.get("x-one")).toBeNull();
        expect(x.response.status).toBe(0);
        expect(x.response.headers.entries().next()).toBe(false);
        return Action.Continue;
      },
      (x: Exchange): Action => {
        expect(x.request.headers.has("x-one")).toBe(false);
        expect(x.request.path).toBe("");
        expect(x.request.headers.set("x-late", "1")).toBe(false);
        expect(x.request.headers.remove("x-late")).toBe(false);
        return Action.Continue;
      },
    );
    const lines = newLines();
    expect(lines.length).toBe(7);
    expect(lines[0]).toBe("response headers are out of reach here");
    expect(lines[6]).toBe("request headers are out of reach here");
  });
});

import { Action, Bytes, Exchange } from "meshscript/assembly";
import { Answer, Request } from "meshscript/assembly/testing";
import { newLines, onRequest, onResponse } from "./probe";

function sample(): Request {
  const request = new Request();
  request.header("x-one", "1").header("x-twice", "a").header("x-twice", "b").header("x-odd", "\udcff");
  return request;
}

describe("a header is written", () => {
  test("as the only line", () => {
    const seen = onRequest((x: Exchange): Action => {
      expect(x.request.headers.set("X-Twice", "c")).toBe(true);
      expect(x.request.headers.set("x-new", "")).toBe(true);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeaders("x-twice")).toStrictEqual(["c"]);
    expect(seen.upstreamHeaders("x-new")).toStrictEqual([""]);
  });

  test("as one more line", () => {
    const seen = onRequest((x: Exchange): Action => {
      expect(x.request.headers.add("x-twice", "c")).toBe(true);
      expect(x.request.headers.add("x-new", "n")).toBe(true);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeaders("x-twice")).toStrictEqual(["a", "b", "c"]);
    expect(seen.upstreamHeaders("x-new")).toStrictEqual(["n"]);
  });

  test("joined to what is there", () => {
    const seen = onRequest((x: Exchange): Action => {
      expect(x.request.headers.append("x-twice", "c")).toBe(true);
      expect(x.request.headers.append("x-one", "ä")).toBe(true);
      expect(x.request.headers.append("x-new", "n")).toBe(true);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeaders("x-twice")).toStrictEqual(["a, b, c"]);
    expect(seen.upstreamHeaders("x-one")).toStrictEqual(["1, ä"]);
    expect(seen.upstreamHeaders("x-new")).toStrictEqual(["n"]);
  });

  test("as bytes", () => {
    const seen = onRequest((x: Exchange): Action => {
      const odd = x.request.headers.getBytes("x-odd")!;
      expect(x.request.headers.setBytes("x-one", odd)).toBe(true);
      expect(x.request.headers.addBytes("x-twice", odd)).toBe(true);
      expect(x.request.headers.appendBytes("x-odd", Bytes.ofText("ä"))).toBe(true);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeaders("x-one")).toStrictEqual(["\udcff"]);
    expect(seen.upstreamHeaders("x-twice")).toStrictEqual(["a", "b", "\udcff"]);
    expect(seen.upstreamHeaders("x-odd")).toStrictEqual(["\udcff, ä"]);
  });

  test("from what was read, byte for byte", () => {
    for (let i = 0; i < 4; ++i) {
      const seen = onRequest((x: Exchange): Action => {
        x.request.headers.set("x-copy", x.request.headers.get("x-odd")!);
        x.request.headers.set("x-joined", x.request.headers.get("x-odd")! + "ä");
        return Action.Continue;
      }, sample());
      expect(seen.upstreamHeader("x-copy")).toBe("\udcff");
      expect(seen.upstreamHeader("x-joined")).toBe("\udcffä");
    }
  });

  test("to a response, too", () => {
    const seen = onResponse(
      (x: Exchange): Action => {
        x.response.headers.set("x-set", "1");
        x.response.headers.append("x-there", "2");
        x.response.headers.remove("x-gone");
        return Action.Continue;
      },
      new Answer().header("x-there", "1").header("x-gone", "1"),
    );
    expect(seen.header("x-set")).toBe("1");
    expect(seen.headers("x-there")).toStrictEqual(["1, 2"]);
    expect(seen.header("x-gone")).toBeNull();
  });

  test("and read as it was written", () => {
    onRequest((x: Exchange): Action => {
      const headers = x.request.headers;
      expect(headers.getAll("x-twice")).toStrictEqual(["a", "b"]);
      headers.set("x-twice", "c");
      expect(headers.getAll("x-twice")).toStrictEqual(["c"]);
      headers.add("x-twice", "d");
      expect(headers.get("x-twice")).toBe("c");
      expect(headers.count("x-twice")).toBe(2);
      headers.remove("x-twice");
      expect(headers.has("x-twice")).toBe(false);
      return Action.Continue;
    }, sample());
  });
});

describe("a header is removed", () => {
  test("in all its lines, or not at all", () => {
    const seen = onRequest((x: Exchange): Action => {
      expect(x.request.headers.remove("X-Twice")).toBe(true);
      expect(x.request.headers.remove("x-absent")).toBe(true);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHas("x-twice")).toBe(false);
    expect(seen.upstreamHeader("x-one")).toBe("1");
  });
});

describe("all headers at once", () => {
  test("are put in place of what was there", () => {
    const seen = onRequest((x: Exchange): Action => {
      const lines = [":method", "GET", ":path", "/new", ":authority", "a", "X-Two", "1", "x-two", "2"];
      expect(x.request.headers.replaceAll(lines)).toBe(true);
      expect(x.request.headers.get("x-one")).toBeNull();
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeader(":path")).toBe("/new");
    expect(seen.upstreamHeaders("x-two")).toStrictEqual(["1", "2"]);
    expect(seen.upstreamHas("x-one")).toBe(false);
  });

  test("are refused together where one is forbidden", () => {
    const seen = onRequest((x: Exchange): Action => {
      expect(x.request.headers.replaceAll([":path", "/new", "x-bad", "a\nb"])).toBe(false);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeaders("x-one")).toStrictEqual(["1"]);
  });

  test("have a size in bytes", () => {
    onRequest((x: Exchange): Action => {
      const before = x.request.headers.byteSize;
      x.request.headers.set("x-new", "1234");
      expect(x.request.headers.byteSize - before).toBe(9);
      expect(x.response.headers.byteSize).toBe(0);
      return Action.Continue;
    }, sample());
  });
});

describe("what HTTP forbids", () => {
  test("is refused, and the log names the header but not its value", () => {
    newLines();
    const seen = onRequest((x: Exchange): Action => {
      const headers = x.request.headers;
      expect(headers.set("x-one", "secret\r\nx-two: 2")).toBe(false);
      expect(headers.add("x-one", "a\0b")).toBe(false);
      expect(headers.append("x-one", "a\nb")).toBe(false);
      expect(headers.setBytes("x-one", Bytes.ofText("a\rb"))).toBe(false);
      expect(headers.addBytes("x-one", Bytes.ofText("a\rb"))).toBe(false);
      expect(headers.set("x one", "1")).toBe(false);
      expect(headers.add("", "1")).toBe(false);
      expect(headers.remove("x:one")).toBe(false);
      return Action.Continue;
    }, sample());
    expect(seen.upstreamHeaders("x-one")).toStrictEqual(["1"]);
    expect(seen.upstreamHas("x-two")).toBe(false);
    const lines = newLines();
    expect(lines.length).toBe(8);
    for (let i = 0; i < lines.length; ++i) {
      expect(lines[i].startsWith("refused a header that HTTP forbids: ")).toBe(true);
      expect(lines[i].includes("secret")).toBe(false);
    }
    expect(lines[0]).toBe("refused a header that HTTP forbids: x-one");
  });
});

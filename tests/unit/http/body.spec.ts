import { Action, Bytes, Exchange } from "meshscript/assembly";
import { Answer, Message, Request, Seen } from "meshscript/assembly/testing";
import { afresh, kept, newLines, send, steps, trial } from "./stream-probe";

const REFUSED =
  "refused to change the length of a body: remove content-length while the headers are in reach, or use ";

function post(body: string): Message {
  return new Request("POST", "/").header("content-length", body.length.toString()).body(body);
}

function freed(x: Exchange): Action {
  x.request.headers.remove("content-length");
  return Action.Continue;
}

/** Edits a body whose content-length was removed. */
function edited(body: string, edit: (x: Exchange) => Action): string {
  const s = afresh();
  s.request = freed;
  s.requestBody = edit;
  return send(post(body)).upstreamBody;
}

/** Edits a body behind headers that say how long it is. */
function editedBlindly(body: string, edit: (x: Exchange) => Action): Seen {
  afresh().requestBody = edit;
  return send(post(body));
}

describe("a body", () => {
  test("is read as a whole and by ranges, however absurd", () => {
    editedBlindly("abcdef", (x: Exchange): Action => {
      const body = x.request.body;
      expect(body.length).toBe(6);
      expect(body.toString()).toBe("abcdef");
      expect(body.bytes(2).toString()).toBe("cdef");
      expect(body.bytes(2, 3).toString()).toBe("cde");
      expect(body.bytes(4, i32.MAX_VALUE).toString()).toBe("ef");
      expect(body.bytes(6, 1).length).toBe(0);
      expect(body.bytes(i32.MAX_VALUE, i32.MAX_VALUE).length).toBe(0);
      expect(body.bytes(-1, 2).length).toBe(0);
      expect(body.bytes(0, -1).length).toBe(0);
      return Action.Continue;
    });
    expect(newLines()).toStrictEqual([]);
  });

  test("is changed in front, behind, in the middle and as a whole", () => {
    expect(edited("abcd", (x) => (x.request.body.append("!"), Action.Continue))).toBe("abcd!");
    expect(edited("abcd", (x) => (x.request.body.prepend("!"), Action.Continue))).toBe("!abcd");
    expect(edited("abcd", (x) => (x.request.body.splice(1, 2, "!"), Action.Continue))).toBe("a!d");
    expect(edited("abcd", (x) => (x.request.body.splice(2, 0, "!"), Action.Continue))).toBe("ab!cd");
    expect(edited("abcd", (x) => (x.request.body.splice(1, 3), Action.Continue))).toBe("a");
    expect(edited("abcd", (x) => (x.request.body.replace("!"), Action.Continue))).toBe("!");
    expect(edited("abcd", (x) => (x.request.body.clear(), Action.Continue))).toBe("");
    expect(newLines()).toStrictEqual([]);
  });

  test("takes bytes where it takes text", () => {
    expect(edited("ab", (x) => (x.request.body.appendBytes(Bytes.ofText("!")), Action.Continue))).toBe("ab!");
    expect(edited("ab", (x) => (x.request.body.prependBytes(Bytes.ofText("!")), Action.Continue))).toBe(
      "!ab",
    );
    expect(edited("ab", (x) => (x.request.body.replaceBytes(Bytes.ofText("!")), Action.Continue))).toBe("!");
  });

  test("keeps absurd ranges of a change within itself", () => {
    expect(edited("ab", (x) => (x.request.body.splice(-5, 1, "!"), Action.Continue))).toBe("!b");
    expect(edited("ab", (x) => (x.request.body.splice(9, 9, "!"), Action.Continue))).toBe("ab!");
    expect(edited("ab", (x) => (x.request.body.splice(1, i32.MAX_VALUE, "!"), Action.Continue))).toBe("a!");
    expect(edited("ab", (x) => (x.request.body.splice(1, -1, "!"), Action.Continue))).toBe("a!b");
  });
});

describe("a body whose length was announced", () => {
  test("never differs from content-length, so no request hides behind another", () => {
    const seen = editedBlindly("abc", (x: Exchange): Action => {
      expect(x.request.body.append("POST / HTTP/1.1")).toBe(false);
      expect(x.request.body.replace("a")).toBe(false);
      expect(x.request.body.clear()).toBe(false);
      return Action.Continue;
    });
    expect(seen.upstreamBody).toBe("abc");
    expect(seen.upstreamHeader("content-length")).toBe("3");
    expect(newLines()).toStrictEqual([
      REFUSED + "x.wholeRequest or x.rewriteRequest",
      REFUSED + "x.wholeRequest or x.rewriteRequest",
      REFUSED + "x.wholeRequest or x.rewriteRequest",
    ]);
  });

  test("may change where its length stays", () => {
    const seen = editedBlindly("abc", (x: Exchange): Action => {
      expect(x.request.body.replace("xyz")).toBe(true);
      expect(x.request.body.splice(1, 1, "_")).toBe(true);
      return Action.Continue;
    });
    expect(seen.upstreamBody).toBe("x_z");
  });

  test("stays bound where content-length is set again", () => {
    const s = afresh();
    s.request = (x: Exchange): Action => {
      x.request.headers.remove("content-length");
      x.request.headers.set("Content-Length", "3");
      return Action.Continue;
    };
    s.requestBody = (x: Exchange): Action => {
      expect(x.request.body.append("!")).toBe(false);
      return Action.Continue;
    };
    expect(send(post("abc")).upstreamBody).toBe("abc");
    s.request = (x: Exchange): Action => {
      x.request.headers.remove("content-length");
      x.request.headers.replaceAll([
        ":method",
        "POST",
        ":path",
        "/",
        ":authority",
        "a",
        "content-length",
        "3",
      ]);
      return Action.Continue;
    };
    expect(send(post("abc")).upstreamBody).toBe("abc");
  });

  test("binds a response as it does a request", () => {
    const s = afresh();
    s.responseBody = (x: Exchange): Action => {
      expect(x.response.body.append("!")).toBe(false);
      return Action.Continue;
    };
    trial().upstream(new Answer().header("content-length", "2").body("ok"));
    expect(send(new Request()).body).toBe("ok");
    expect(newLines()).toStrictEqual([REFUSED + "x.wholeResponse or x.rewriteResponse"]);
    s.response = (x: Exchange): Action => {
      x.response.headers.remove("content-length");
      return Action.Continue;
    };
    s.responseBody = (x: Exchange): Action => {
      expect(x.response.body.append("!")).toBe(true);
      return Action.Continue;
    };
    expect(send(new Request()).body).toBe("ok!");
    trial().upstream(new Answer());
  });
});

test("a body that is not there is empty, and a change is refused by name", () => {
  const s = afresh();
  s.request = (x: Exchange): Action => {
    expect(x.request.body.length).toBe(0);
    expect(x.request.body.bytes().length).toBe(0);
    x.request.headers.remove("content-length");
    expect(x.request.body.replace("new")).toBe(false);
    return Action.Continue;
  };
  send(new Request());
  const lines = newLines();
  expect(lines.length).toBe(1);
  expect(lines[0].startsWith("proxy_set_buffer_bytes: status ")).toBe(true);
});

test("headers that are edited while they wait, from elsewhere, free their body", () => {
  const s = afresh();
  s.request = (x: Exchange): Action => Action.Pause;
  s.requestBody = (x: Exchange): Action => {
    expect(x.request.body.append("!")).toBe(true);
    return Action.Continue;
  };
  s.tick = (x: Exchange): void => {
    expect(x.enter()).toBe(true);
    x.request.headers.remove("content-length");
    x.resume();
  };
  const open = trial().open(post("abc"));
  expect(open.seen.waiting).toBe(true);
  trial().tick();
  expect(open.finish().upstreamBody).toBe("abc!");
  expect(kept!.ended).toBe(true);
  expect(steps === s).toBe(true);
});

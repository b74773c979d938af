import { Action, Bytes, Chunk, Exchange } from "meshscript/assembly";
import { Answer, Message, Request } from "meshscript/assembly/testing";
import { afresh, newLines, send, trial } from "./stream-probe";

function rewriteRequest(x: Exchange): Action {
  return x.rewriteRequest();
}

function rewriteResponse(x: Exchange): Action {
  return x.rewriteResponse();
}

/** Turns bytes around in pairs: an odd one at the end waits for its partner. */
function swap(x: Exchange, chunk: Chunk): void {
  const odd = chunk.bytes.length & 1;
  const turned = chunk.bytes.toArray();
  for (let i = 0; i + 1 < turned.length; i += 2) {
    const first = turned[i];
    turned[i] = turned[i + 1];
    turned[i + 1] = first;
  }
  chunk.keep(odd);
  chunk.replaceBytes(Bytes.of(turned).slice(0, turned.length - (chunk.last ? 0 : odd)));
}

/** Keeps back as much as there is, and lets go all of it at the end. */
function hoard(x: Exchange, chunk: Chunk): void {
  chunk.keep(i32.MAX_VALUE);
}

function post(parts: string[]): Message {
  return withBody(new Request("POST", "/"), parts);
}

function withBody(message: Message, parts: string[]): Message {
  for (let i = 0; i < parts.length; ++i) message.body(parts[i]);
  return message;
}

describe("what is kept back", () => {
  test("comes again in front of what follows", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = swap;
    expect(send(post(["abc", "def", "g"])).upstreamBody).toBe("badcfeg");
    expect(send(post(["ab", "c", "d"])).upstreamBody).toBe("badc");
    expect(send(post(["a", "b", "c"])).upstreamBody).toBe("bac");
  });

  test("is not lost when trailers follow", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.response = rewriteResponse;
    s.requestChunk = swap;
    s.responseChunk = swap;
    trial().upstream(withBody(new Answer(), ["ab", "cde", "fg", "h", "i"]).trailer("x-sum", "2"));
    const seen = send(post(["abc", "de"]).trailer("x-sum", "1"));
    expect(seen.upstreamBody).toBe("badce");
    expect(seen.upstreamTrailer("x-sum")).toBe("1");
    expect(seen.body).toBe("badcfehgi");
    expect(seen.trailer("x-sum")).toBe("2");
    expect(newLines()).toStrictEqual([]);
    trial().upstream(new Answer());
  });

  test("may be everything", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = hoard;
    expect(send(post(["ab", "cd", "ef"])).upstreamBody).toBe("abcdef");
    expect(send(post(["ab", "cd", "ef"]).trailer("x-sum", "1")).upstreamBody).toBe("abcdef");
  });

  test("does not make what is in front of it wait for ever", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = swap;
    const large = "ab".repeat(40_000) + "c";
    const seen = send(post([large, "d", large, "e"]));
    expect(seen.upstreamBody).toBe("ba".repeat(40_000) + "dc" + "ba".repeat(40_000) + "ec");
    expect(newLines()).toStrictEqual([]);
  });

  test("has no more than 64 KiB wait in front of it", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = swap;
    const fits = send(post(["ab".repeat(32_768), "c"]).trailer("x-sum", "1"));
    expect(fits.status).toBe(0, "the first part has gone on");
    expect(send(post(["ab".repeat(32_768) + "c"]).trailer("x-sum", "1")).status).toBe(200);
    newLines();
    expect(send(post(["ab".repeat(32_769) + "c"]).trailer("x-sum", "1")).status).toBe(0);
    expect(newLines().length).toBe(1);
  });

  test("cuts the stream where it could only be lost", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = swap;
    const seen = send(post(["ab", "c"]).trailer("x-sum", "1"));
    expect(seen.status).toBe(0);
    expect(newLines()).toStrictEqual([
      "the end of a body was kept back, and the host cannot take it any more: the stream is reset",
    ]);
  });
});

describe("a part of a body", () => {
  test("goes on as it came where nothing is done with it", () => {
    const s = afresh();
    s.request = rewriteRequest;
    const seen = send(post(["ab", "cd"]).header("content-length", "4"));
    expect(seen.upstreamBody).toBe("abcd");
    expect(seen.upstreamHas("content-length")).toBe(false);
  });

  test("may be replaced by a text, or by nothing", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = (x: Exchange, chunk: Chunk): void => {
      chunk.replace(chunk.last ? "." : chunk.bytes.equals("drop") ? "" : "<" + chunk.bytes.toString() + ">");
    };
    expect(send(post(["ab", "drop", "cd", "!"])).upstreamBody).toBe("<ab><cd>.");
  });

  test("keeps what it is asked to keep within itself", () => {
    const s = afresh();
    s.request = rewriteRequest;
    s.requestChunk = (x: Exchange, chunk: Chunk): void => chunk.keep(-7);
    expect(send(post(["ab", "cd"])).upstreamBody).toBe("abcd");
  });
});

test("a message without a body keeps its content-length", () => {
  const s = afresh();
  s.response = rewriteResponse;
  s.responseChunk = swap;
  trial().upstream(new Answer().header("content-length", "5000"));
  expect(send(new Request("HEAD", "/")).header("content-length")).toBe("5000");
  trial().upstream(new Answer());
});

test("what the library itself holds is not let go by a resume", () => {
  const s = afresh();
  s.request = rewriteRequest;
  s.requestChunk = (x: Exchange, chunk: Chunk): void => {
    swap(x, chunk);
    x.resume();
  };
  expect(send(post(["a", "b", "c"])).upstreamBody).toBe("bac");
});

import { Action, Exchange, Reply } from "meshscript/assembly";
import { Answer, Request } from "meshscript/assembly/testing";
import { newLines, onBoth, onRequest, onResponse } from "./probe";

describe("a reply", () => {
  test("takes the upstream's place", () => {
    const seen = onRequest((x: Exchange): Action => x.reply(401, "who are you ä\n", "no key"), new Request());
    expect(seen.status).toBe(401);
    expect(seen.body).toBe("who are you ä\n");
    expect(seen.header("content-type")).toBe("text/plain");
    expect(seen.details).toBe("no_key");
    expect(seen.forwarded).toBe(false);
  });

  test("may be a bare status", () => {
    const seen = onRequest((x: Exchange): Action => x.reply(204), new Request());
    expect(seen.status).toBe(204);
    expect(seen.body).toBe("");
  });

  test("may come in place of the upstream's response", () => {
    const seen = onResponse(
      (x: Exchange): Action => x.reply(502, "not that\n"),
      new Answer(200).body("upstream's"),
    );
    expect(seen.status).toBe(502);
    expect(seen.body).toBe("not that\n");
    expect(seen.forwarded).toBe(true);
  });

  test("is seen by the filter's own onResponse", () => {
    const seen = onBoth(
      (x: Exchange): Action => x.reply(403),
      (x: Exchange): Action => {
        expect(x.response.status).toBe(403);
        x.response.headers.set("x-seen", "1");
        return Action.Continue;
      },
    );
    expect(seen.header("x-seen")).toBe("1");
  });

  test("of a callback that replies twice is the first", () => {
    const seen = onRequest((x: Exchange): Action => {
      x.reply(401, "first\n");
      return x.reply(500, "second\n");
    }, new Request());
    expect(seen.status).toBe(401);
    expect(seen.body).toBe("first\n");
  });
});

describe("a reply with more in it", () => {
  test("has headers, text and details", () => {
    const seen = onRequest(
      (x: Exchange): Action =>
        x.respond(
          new Reply(429)
            .header("Retry-After", "1")
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=ä")
            .header("content-type", "text/html")
            .text("<p>slow down\n")
            .because("rate limited"),
        ),
      new Request(),
    );
    expect(seen.status).toBe(429);
    expect(seen.header("retry-after")).toBe("1");
    expect(seen.headers("set-cookie")).toStrictEqual(["a=1", "b=ä"]);
    expect(seen.header("content-type")).toBe("text/html");
    expect(seen.body).toBe("<p>slow down\n");
    expect(seen.details).toBe("rate_limited");
  });

  test("may have none of it", () => {
    const seen = onRequest((x: Exchange): Action => x.respond(new Reply(404)), new Request());
    expect(seen.status).toBe(404);
    expect(seen.body).toBe("");
  });

  test("leaves out what HTTP forbids, and the log says so", () => {
    newLines();
    const seen = onRequest(
      (x: Exchange): Action =>
        x.respond(new Reply(200).header("x-a", "1\r\nx-b: 2").header("x c", "3").header("x-d", "4")),
      new Request(),
    );
    expect(seen.header("x-a")).toBeNull();
    expect(seen.header("x-b")).toBeNull();
    expect(seen.header("x-d")).toBe("4");
    expect(newLines()).toStrictEqual([
      "refused a header that HTTP forbids: x-a",
      "refused a header that HTTP forbids: x c",
    ]);
  });

  test("speaks gRPC to a gRPC client", () => {
    const grpc = (): Request => {
      const request = new Request("POST", "/shop.Orders/List");
      request.header("content-type", "application/grpc");
      return request;
    };
    expect(onRequest((x: Exchange): Action => x.reply(401), grpc()).grpcStatus).toBe(16);
    const seen = onRequest(
      (x: Exchange): Action => x.respond(new Reply(400).grpc(3).text("no page\n")),
      grpc(),
    );
    expect(seen.status).toBe(200);
    expect(seen.grpcStatus).toBe(3);
    expect(seen.header("grpc-message")).toBe("no page%0A");
  });
});

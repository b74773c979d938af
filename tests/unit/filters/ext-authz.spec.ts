import "../../../filters/ext-authz/filter";
import { Answer, Request, Trial } from "meshscript/assembly/testing";

const settings =
  '{"http_service":{"server_uri":{"cluster":"authz","timeout":"0.2s"},' +
  '"authorization_response":{"allowed_upstream_headers":{"patterns":[{"exact":"x-user"}]}}}';

function trialOf(rest: string): Trial {
  const trial = new Trial(settings + rest + "}");
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

describe("an authority that is asked by HTTP", () => {
  test("has a huge body of a refusal left out, and its headers passed on", () => {
    const trial = trialOf("");
    trial
      .callee("authz")
      .answers(new Answer(401).header("www-authenticate", "Bearer").body("a".repeat(65_537)));
    const seen = trial.get("/orders");
    expect(seen.status).toBe(401);
    expect(seen.header("www-authenticate")).toBe("Bearer");
    expect(seen.body).toBe("");
    expect(seen.forwarded).toBe(false);
  });

  test("has the largest body that fits passed on", () => {
    const trial = trialOf("");
    trial.callee("authz").answers(new Answer(401).body("a".repeat(65_536)));
    expect(trial.get("/orders").body.length).toBe(65_536);
  });

  test("refuses when its time is up, and what it says then changes nothing", () => {
    const trial = trialOf("");
    trial.callee("authz").answers(new Answer(200).header("x-user", "alice"), 300);
    const open = trial.open(new Request());
    trial.clock.advance(200);
    expect(open.seen.status).toBe(403);
    trial.clock.advance(200);
    expect(open.seen.status).toBe(403);
    expect(open.seen.forwarded).toBe(false);
  });

  test("says who it is in place of the client, in each of many requests", () => {
    const trial = trialOf("");
    for (let i = 0; i < 500; ++i) {
      trial.callee("authz").answers(new Answer(200).header("x-user", "user-" + i.toString()));
      const seen = trial.get("/orders", ["x-user", "root"]);
      expect(seen.upstreamHeader("x-user")).toBe("user-" + i.toString());
    }
  });
});

describe("kept answers", () => {
  test("are as many as were asked for, those that allow apart from those that deny", () => {
    const trial = trialOf(',"cache":{"ttl":"60s","size":1}');
    const before = trial.callee("authz").calls.length;
    trial.callee("authz").answers(new Answer(200));
    expect(trial.get("/a").status).toBe(200);
    trial.callee("authz").answers(new Answer(403));
    expect(trial.get("/b").status).toBe(403);
    trial.callee("authz").isDown();
    expect(trial.get("/b").status).toBe(403);
    expect(trial.get("/a").status).toBe(200);
    expect(trial.callee("authz").calls.length - before).toBe(2);
  });

  test("end with their time", () => {
    const trial = trialOf(',"cache":{"ttl":"1s"}');
    trial.callee("authz").answers(new Answer(200));
    expect(trial.get("/a").status).toBe(200);
    trial.callee("authz").isDown();
    trial.clock.advance(999);
    expect(trial.get("/a").status).toBe(200);
    trial.clock.advance(1);
    expect(trial.get("/a").status).toBe(403);
  });

  test("are none where question and answer take more than 4 KiB", () => {
    const trial = trialOf(',"cache":{"ttl":"60s"}');
    const before = trial.callee("authz").calls.length;
    trial.callee("authz").answers(new Answer(403).body("a".repeat(4096)));
    trial.get("/a");
    trial.get("/a");
    expect(trial.callee("authz").calls.length - before).toBe(2);
  });
});

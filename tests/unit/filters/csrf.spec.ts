import "../../../filters/csrf/filter";
import { Request, Seen, Trial } from "meshscript/assembly/testing";

function post(trial: Trial, headers: string[]): Seen {
  const request = new Request("POST", "/orders").header(":authority", "shop.example");
  for (let i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
  return trial.send(request);
}

function trialOf(configuration: string): Trial {
  const trial = new Trial(configuration);
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function denied(trial: Trial, reason: string): u64 {
  return trial.metric("csrf.denied", ["reason", reason]);
}

describe("a change", () => {
  test("passes that a page of the same host asks for", () => {
    const trial = trialOf("{}");
    const before = trial.metric("csrf.allowed");
    expect(post(trial, ["origin", "https://shop.example"]).status).toBe(200);
    expect(post(trial, ["referer", "https://shop.example/cart"]).status).toBe(200);
    expect(trial.metric("csrf.allowed") - before).toBe(2);
  });

  test("is refused that anybody else asks for", () => {
    const trial = trialOf('{"additional_origins":[{"suffix":".trusted.example"}]}');
    const odd = [
      "null",
      "",
      "shop.example",
      "https://shop.example/",
      "https://shop.example, https://shop.example",
    ];
    const before = denied(trial, "odd_source_origin");
    for (let i = 0; i < odd.length; ++i) {
      const seen = post(trial, ["origin", odd[i], "referer", "https://shop.example/"]);
      expect(seen.status).toBe(403, odd[i]);
      expect(seen.details).toBe("csrf_origin_mismatch");
      expect(seen.forwarded).toBe(false);
    }
    expect(denied(trial, "odd_source_origin") - before).toBe(odd.length);
    const others = denied(trial, "origin_mismatch");
    const missing = denied(trial, "missing_source_origin");
    expect(post(trial, ["origin", "https://eviltrusted.example"]).status).toBe(403);
    expect(post(trial, []).status).toBe(403);
    expect(denied(trial, "origin_mismatch") - others).toBe(1);
    expect(denied(trial, "missing_source_origin") - missing).toBe(1);
    expect(post(trial, ["origin", "https://a.trusted.example"]).status).toBe(200);
  });

  test("is only counted in the shadow", () => {
    const trial = trialOf('{"shadow":true}');
    const before = denied(trial, "origin_mismatch");
    expect(post(trial, ["origin", "https://evil.example"]).status).toBe(200);
    expect(denied(trial, "origin_mismatch") - before).toBe(1);
  });
});

describe("a look", () => {
  test("passes from anywhere", () => {
    const trial = trialOf("{}");
    const safe = ["GET", "HEAD", "OPTIONS", "TRACE"];
    for (let i = 0; i < safe.length; ++i) {
      const request = new Request(safe[i], "/").header("origin", "https://evil.example");
      expect(trial.send(request).forwarded).toBe(true, safe[i]);
    }
  });

  test("is one by a safe method only", () => {
    const trial = trialOf("{}");
    const others = ["get", "MKCOL", "PROPPATCH", "GETS"];
    for (let i = 0; i < others.length; ++i) {
      const request = new Request(others[i], "/").header("origin", "https://evil.example");
      expect(trial.send(request).status).toBe(403, others[i]);
    }
  });
});

describe("a configuration", () => {
  test("is refused with patterns that strangers match", () => {
    const open = [
      '{"suffix":"shop.example"}',
      '{"prefix":"shop"}',
      '{"contains":"shop"}',
      '{"exact":"null"}',
    ];
    for (let i = 0; i < open.length; ++i)
      expect(new Trial('{"additional_origins":[' + open[i] + "]}").problems.length).toBe(1, open[i]);
  });
});

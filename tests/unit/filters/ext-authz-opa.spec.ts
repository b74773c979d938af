import "../../../filters/ext-authz-opa/filter";
import { Answer, Request, Seen, Trial } from "meshscript/assembly/testing";

const settings =
  '{"opa":{"cluster":"opa","path":"/v1/data/mesh/authz","hidden_headers":["x-hidden"]},"identity_headers":["x-user"]}';

function answered(body: string): Seen {
  const trial = new Trial(settings);
  expect(trial.problems).toStrictEqual([]);
  trial.callee("opa").answers(new Answer(200).body(body));
  return trial.get("/orders", ["x-user", "root"]);
}

function expectRefused(body: string, status: i32 = 403): void {
  const seen = answered(body);
  expect(seen.forwarded).toBe(false, body);
  expect(seen.status).toBe(status, body);
}

describe("the Open Policy Agent", () => {
  test("lets requests pass by true alone", () => {
    expect(answered('{"result":true}').forwarded).toBe(true);
    const others = [
      "",
      "{}",
      "[]",
      "true",
      '{"result":"true"}',
      '{"result":1}',
      '{"result":{}}',
      '{"result":{"allowed":1}}',
    ];
    for (let i = 0; i < others.length; ++i) expect(answered(others[i]).forwarded).toBe(false, others[i]);
  });

  test("says who it is, in place of the client", () => {
    expect(answered('{"result":true}').upstreamHeader("x-user")).toBeNull();
    const seen = answered(
      '{"result":{"allowed":true,"headers":{"X-User":"alice"},"response_headers_to_add":{"x-resp":"opa"}}}',
    );
    expect(seen.upstreamHeader("x-user")).toBe("alice");
    expect(seen.header("x-resp")).toBe("opa");
  });

  test("words a refusal", () => {
    expectRefused('{"result":{"allow":false,"http_status":401,"body":"no"}}', 401);
    expectRefused('{"result":{"allowed":false,"http_status":99}}');
  });

  test("is asked about what the client sent, but for what is hidden from it", () => {
    const trial = new Trial(settings);
    trial.callee("opa").answers(new Answer(200).body('{"result":true}'));
    trial.send(
      new Request()
        .header(":path", "/a%20b/c?x=1&y=a%2Cb&z")
        .header("x-odd", '"},"a":"')
        .header("x-hidden", "s3cret"),
    );
    const calls = trial.callee("opa").calls;
    const body = calls[calls.length - 1].body;
    expect(body.includes('"parsed_path":["a b","c"]')).toBe(true, body);
    expect(body.includes('"y":["a,b"]')).toBe(true, body);
    expect(body.includes('\\"},\\"a\\":\\"')).toBe(true, body);
    expect(body.includes("s3cret")).toBe(false);
  });

  test("that fails refuses", () => {
    const trial = new Trial(settings);
    trial.callee("opa").answers(new Answer(500).body('{"result":true}'));
    expect(trial.get("/").forwarded).toBe(false);
  });
});

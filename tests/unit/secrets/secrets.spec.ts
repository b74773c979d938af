import { Bytes, Exchange, HttpFilter, Secret, Secrets, config, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Holder extends HttpFilter {
  one: Secret = config.secret("one");
  many: Secrets = config.secrets("many");

  override onConfigure(): void {
    latest = this;
  }
}

register<Holder>();

let latest: Holder | null = null;

const SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

function problems(one: string, many: string = '["m"]'): string[] {
  return new Trial('{"one":' + one + ',"many":' + many + "}").problems;
}

function secretsOf(many: string): Secrets {
  expect(problems('"o"', many)).toStrictEqual([]);
  return latest!.many;
}

describe("a secret", () => {
  test("is a text, a digest or a variable of the environment", () => {
    Trial.environment("KEY", "from-env");
    const all = secretsOf('["as-text",{"sha256":"' + SHA_OF_ABC + '"},{"env":"KEY"}]');
    expect(all.count).toBe(3);
    expect(all.find("as-text")).toBe(0);
    expect(all.find("abc")).toBe(1);
    expect(all.find("from-env")).toBe(2);
    expect(all.find("KEY")).toBe(-1);
    expect(all.match(SHA_OF_ABC)).toBe(false, "a digest is not the secret itself");
  });

  test("may hold any character", () => {
    expect(secretsOf('["ä€😀 \\u0000"]').match("ä€😀 \0")).toBe(true);
  });

  test("is required", () => {
    expect(new Trial("{}").problems).toStrictEqual(["one: required", "many: required"]);
    expect(problems("null")).toStrictEqual(["one: required"]);
  });

  test("is not empty", () => {
    expect(problems('""')).toStrictEqual(["one: must not be empty"]);
    expect(problems('"o"', '["a",""]')).toStrictEqual(["many[1]: must not be empty"]);
    Trial.environment("NOTHING", "");
    expect(problems('{"env":"NOTHING"}')).toStrictEqual(["one: must not be empty"]);
  });

  test("is of no other kind", () => {
    expect(problems("5")).toStrictEqual(["one: expected text or object, got number"]);
    expect(problems('"o"', '["a",[]]')).toStrictEqual(["many[1]: expected text or object, got list"]);
    expect(problems('{"sha256":5}')).toStrictEqual([
      "one.sha256: expected text, got number",
      "one: sha256: expected 64 hexadecimal digits",
    ]);
  });

  test("has exactly one reference", () => {
    expect(problems("{}")).toStrictEqual(["one: expected either sha256 or env"]);
    expect(problems('{"sha256":"' + SHA_OF_ABC + '","env":"KEY"}')).toStrictEqual([
      "one: expected either sha256 or env",
    ]);
    expect(problems('{"SHA256":"x"}')).toStrictEqual([
      "one.SHA256: unknown setting",
      "one: expected either sha256 or env",
    ]);
  });

  test("has a digest of the right form", () => {
    expect(problems('{"sha256":"' + SHA_OF_ABC.slice(1) + '"}')).toStrictEqual([
      "one: sha256: expected 64 hexadecimal digits",
    ]);
    expect(problems('{"sha256":"' + SHA_OF_ABC.slice(1) + 'g"}')).toStrictEqual([
      "one: sha256: expected 64 hexadecimal digits",
    ]);
    expect(secretsOf('[{"sha256":"' + SHA_OF_ABC.toUpperCase() + '"}]').match("abc")).toBe(true);
  });

  test("has a variable that is there", () => {
    expect(problems('{"env":"ABSENT"}')).toStrictEqual(["one: env: no such environment variable"]);
  });

  test("shows in no problem", () => {
    const found = problems('"hunter2"', '["hunter2",{"sha256":"hunter2"},"hunter2"]').join("\n");
    expect(found.includes("hunter2")).toBe(false);
    expect(found.includes("many[1]: sha256: expected 64 hexadecimal digits")).toBe(true);
  });
});

describe("a set of secrets", () => {
  test("finds each of many, and nothing else", () => {
    let many = '"key-0"';
    for (let i = 1; i < 1000; ++i) many += ',"key-' + i.toString() + '"';
    const all = secretsOf("[" + many + "]");
    expect(all.count).toBe(1000);
    for (let i = 0; i < 1000; ++i) assert(all.find("key-" + i.toString()) == i, "lost a key");
    expect(all.match("key-1000")).toBe(false);
    expect(all.match("")).toBe(false);
    expect(all.match("key-1 ")).toBe(false);
  });

  test("matches bytes", () => {
    const all = secretsOf('["a","b"]');
    expect(all.findBytes(Bytes.ofText("b"))).toBe(1);
    expect(all.matchBytes(Bytes.ofText("b"))).toBe(true);
    expect(all.matchBytes(Bytes.ofText("c"))).toBe(false);
  });

  test("holds each once, however it is written", () => {
    expect(problems('"o"', '["a","b","a"]')).toStrictEqual(["many[2]: stands there twice"]);
    expect(problems('"o"', '["abc",{"sha256":"' + SHA_OF_ABC + '"}]')).toStrictEqual([
      "many[1]: stands there twice",
    ]);
  });

  test("that is empty matches nothing", () => {
    expect(new Secrets().match("")).toBe(false);
    expect(new Secrets().match("a")).toBe(false);
  });
});

import { Claims, NO_DATE, TokenFault } from "meshscript/assembly";
import "meshscript/assembly/testing";
import { HEADER, read, segment } from "./mint";

function claimsOf(payload: string): Claims | null {
  return read(segment(HEADER) + "." + segment(payload) + ".AAAA").claims;
}

/** `exp` of a payload with this value, -1 where the payload is refused. */
function date(value: string): i64 {
  const claims = claimsOf('{"exp":' + value + "}");
  return claims === null ? -1 : claims.expires;
}

const NOW: i64 = 1_000_000;

/** What is wrong with the time of a token with these claims. */
function at(payload: string, skew: i64 = 0): TokenFault {
  return claimsOf(payload)!.timeFault(NOW, skew);
}

describe("claims", () => {
  test("are those of the outermost object", () => {
    const claims = claimsOf(
      '{"sub":"alice","iss":"a","x":{"sub":"bob","exp":1},"aud":["b","c"],"nbf":2,"iat":3}',
    )!;
    expect(claims.subject!.equals("alice")).toBe(true);
    expect(claims.issuer!.toString()).toBe("a");
    expect(claims.get("x")!.get("sub")!.toString()).toBe("bob");
    expect(claims.get("y") === null).toBe(true);
    expect(claims.expires).toBe(NO_DATE);
    expect(claims.notBefore).toBe(2);
    expect(claims.issued).toBe(3);
  });

  test("are an object in strict JSON", () => {
    const wrong = ["", "[]", '"a"', "1", "null", "{", '{"a":1,}', '{"a":1}x', '{"a":01}', "\x00"];
    for (let i = 0; i < wrong.length; ++i) expect(claimsOf(wrong[i]) === null).toBe(true, wrong[i]);
  });

  test("that are no claims are a fault of the token", () => {
    const token = read(segment(HEADER) + "." + segment("[]") + ".AAAA");
    expect(token.claims === null).toBe(true);
    expect(token.fault).toBe(TokenFault.Payload);
  });

  test("that are registered are there once, however they are written", () => {
    const names = ["exp", "nbf", "iat", "iss", "sub", "aud"];
    for (let i = 0; i < names.length; ++i) {
      const value = i < 3 ? '":1' : '":"a"';
      const twice = '{"' + names[i] + value + ',"' + names[i] + value + "}";
      expect(claimsOf(twice) === null).toBe(true, twice);
    }
    expect(claimsOf('{"exp":1,"e\\u0078p":2}') === null).toBe(true);
    expect(claimsOf('{"\\u0065\\u0078\\u0070":7}')!.expires).toBe(7);
    expect(claimsOf('{"x":1,"x":2}')!.get("x")!.integer()).toBe(1);
    expect(claimsOf('{"exp ":1,"ex":2,"e\\np":3,"ab\\"":4,"exp":5}')!.expires).toBe(5);
  });

  test("are at most 128", () => {
    let many = '{"exp":1';
    for (let i = 1; i < 128; ++i) many += ',"c' + i.toString() + '":1';
    expect(claimsOf(many + "}")!.expires).toBe(1);
    expect(claimsOf(many + ',"more":1}') === null).toBe(true);
  });

  test("say whom the token is for", () => {
    expect(claimsOf('{"aud":"a"}')!.isFor("a")).toBe(true);
    expect(claimsOf('{"aud":"ab"}')!.isFor("a")).toBe(false);
    expect(claimsOf('{"aud":["b","\\u0061"]}')!.isFor("a")).toBe(true);
    expect(claimsOf('{"aud":[]}')!.isFor("a")).toBe(false);
    expect(claimsOf("{}")!.isFor("a")).toBe(false);
  });

  test("of RFC 7519 are texts, and only aud may be a list of them", () => {
    const wrong = ["1", "null", "true", '{"a":"a"}', '["a",1]', '[["a"]]'];
    const names = ["iss", "sub", "jti", "aud"];
    for (let i = 0; i < names.length * wrong.length; ++i) {
      const claims = '{"' + names[i / wrong.length] + '":' + wrong[i % wrong.length] + "}";
      expect(claimsOf(claims) === null).toBe(true, claims);
    }
    expect(claimsOf('{"sub":["a"]}') === null).toBe(true);
    expect(claimsOf('{"aud":["a","b"],"sub":"a","iss":"a","jti":"a"}') === null).toBe(false);
  });
});

describe("a date", () => {
  test("is a number that is not negative, in whole seconds", () => {
    expect(date("0")).toBe(0);
    expect(date("1700000000")).toBe(1_700_000_000);
    expect(date("1700000000.999")).toBe(1_700_000_000);
    expect(date("1.7e9")).toBe(1_700_000_000);
    expect(date("17E+8")).toBe(1_700_000_000);
    expect(date("17000000005e-1")).toBe(1_700_000_000);
    expect(date("0.0000000017e18")).toBe(1_700_000_000);
    expect(date(" 5 ")).toBe(5);
  });

  test("of a size beyond all is the latest there is", () => {
    const latest: i64 = 9_007_199_254_740_992;
    expect(date("9007199254740991")).toBe(latest - 1);
    expect(date("9007199254740993")).toBe(latest);
    expect(date("18446744073709551616")).toBe(latest);
    expect(date("99999999999999999999999999999999999999999")).toBe(latest);
    expect(date("1e400")).toBe(latest);
    expect(date("1e99999999999999999999")).toBe(latest);
    expect(date("0e99999999999999999999")).toBe(0);
    expect(date("1e-99999999999999999999")).toBe(0);
    expect(date("123456789012345678901234567890e-20")).toBe(1_234_567_890);
  });

  test("of another form is none", () => {
    const wrong = ["-1", "-0", "-1e3", '"1700000000"', "true", "null", "[1]", "{}"];
    for (let i = 0; i < wrong.length; ++i) expect(date(wrong[i])).toBe(-1, wrong[i]);
  });
});

describe("a time", () => {
  test("is before exp", () => {
    expect(at('{"exp":1000001}')).toBe(TokenFault.None);
    expect(at('{"exp":1000000}')).toBe(TokenFault.Expired);
    expect(at('{"exp":0}')).toBe(TokenFault.Expired);
    expect(at('{"exp":999991}', 10)).toBe(TokenFault.None);
    expect(at('{"exp":999990}', 10)).toBe(TokenFault.Expired);
    expect(at('{"exp":1e300}', 1 << 40)).toBe(TokenFault.None);
  });

  test("is not before nbf, nor before iat", () => {
    expect(at('{"nbf":1000000,"iat":1000000}')).toBe(TokenFault.None);
    expect(at('{"nbf":1000001}')).toBe(TokenFault.TooEarly);
    expect(at('{"iat":1000001}')).toBe(TokenFault.FromTheFuture);
    expect(at('{"nbf":1000010,"iat":1000010}', 10)).toBe(TokenFault.None);
    expect(at('{"nbf":1000011}', 10)).toBe(TokenFault.TooEarly);
    expect(at('{"iat":1e300}', 10)).toBe(TokenFault.FromTheFuture);
  });

  test("is any where the token says nothing", () => {
    expect(at("{}")).toBe(TokenFault.None);
  });
});

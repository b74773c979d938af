import { Bytes, JwsAlgorithm, KeySet, Token, TokenFault } from "meshscript/assembly";
import "meshscript/assembly/testing";
import { HEADER, PAYLOAD, read, secretKey, segment, setOf, signed } from "./mint";

const KEYS = setOf([secretKey()]);

/** What comes of a token with this header. */
function faultOfHeader(header: string): TokenFault {
  return read(signed(header)).verify(KEYS);
}

describe("a token", () => {
  test("is taken apart", () => {
    const token = read(signed('{"alg":"HS256","kid":"a\\u0062c","typ":"at+jwt"}'));
    expect(token.fault).toBe(TokenFault.None);
    expect(token.algorithm).toBe(<i32>JwsAlgorithm.HS256);
    expect(token.kid!.toString()).toBe("abc");
    expect(token.header!.get("typ")!.equals("at+jwt")).toBe(true);
    expect(token.encodedPayload.toString()).toBe(segment(PAYLOAD));
    expect(token.claims!.json.toString()).toBe(PAYLOAD);
  });

  test("has exactly three parts in strict base64url, none of them empty", () => {
    const whole = signed();
    const parts = whole.split(".");
    const wrong = [
      "a",
      "a.b",
      "..",
      parts[0] + "." + parts[1],
      parts[0] + "." + parts[1] + ".",
      parts[0] + ".." + parts[2],
      "." + parts[1] + "." + parts[2],
      whole + ".",
      whole + "." + parts[2],
      whole + "=",
      whole + "A",
      whole + "AA",
      whole + " ",
      "\t" + whole,
      whole.replace(".", ".."),
      parts[0] + "." + parts[1] + ".+/" + parts[2].substring(2),
    ];
    for (let i = 0; i < wrong.length; ++i)
      expect(read(wrong[i]).verify(KEYS)).not.toBe(TokenFault.None, wrong[i]);
    expect(read("a.b").fault).toBe(TokenFault.Form);
    expect(read(whole + "." + parts[2]).fault).toBe(TokenFault.Form);
  });

  test("has a size", () => {
    const whole = signed();
    expect(read("").fault).toBe(TokenFault.Size);
    expect(Token.read(Bytes.ofText(whole), whole.length).fault).toBe(TokenFault.None);
    expect(Token.read(Bytes.ofText(whole), whole.length - 1).fault).toBe(TokenFault.Size);
    expect(read("a".repeat(16_385)).fault).toBe(TokenFault.Size);
  });

  test("that is none has neither header nor claims", () => {
    const token = read("a.b");
    expect(token.header === null && token.kid === null && token.claims === null).toBe(true);
    expect(token.algorithm).toBe(-1);
    expect(token.fault).toBe(TokenFault.Form);
  });
});

describe("a header", () => {
  test("is a JSON object that names one algorithm", () => {
    const wrong = [
      "",
      "{",
      "[]",
      '"HS256"',
      "{}",
      '{"alg":1}',
      '{"alg":null}',
      '{"alg":"HS256","alg":"HS256"}',
      '{"alg":"HS256","\\u0061lg":"none"}',
      '{"alg":"HS256","kid":1}',
      '{"alg":"HS256","kid":"a","kid":"a"}',
      '{"alg":"HS256"}{}',
    ];
    for (let i = 0; i < wrong.length; ++i)
      expect(faultOfHeader(wrong[i])).not.toBe(TokenFault.None, wrong[i]);
    expect(faultOfHeader('{"alg":"HS256","alg":"HS256"}')).toBe(TokenFault.Header);
    expect(faultOfHeader(' {"x":[{"alg":"none"}], "alg" : "HS256" } ')).toBe(TokenFault.None);
  });

  test("names no algorithm that is not offered", () => {
    const names = ["none", "None", "NONE", "", "hs256", "HS256 ", "ES512", "ES256K", "RSA-OAEP"];
    for (let i = 0; i < names.length; ++i)
      expect(faultOfHeader('{"alg":"' + names[i] + '"}')).toBe(TokenFault.Algorithm, names[i]);
  });

  test("asks for nothing that changes what is signed", () => {
    expect(faultOfHeader('{"alg":"HS256","crit":["exp"],"exp":1}')).toBe(TokenFault.Critical);
    expect(faultOfHeader('{"alg":"HS256","b64":false}')).toBe(TokenFault.Critical);
    expect(faultOfHeader('{"alg":"HS256","b64":true}')).toBe(TokenFault.Critical);
  });

  test("is remembered, and another one is not taken for it", () => {
    for (let i = 0; i < 3; ++i) expect(faultOfHeader(HEADER)).toBe(TokenFault.None);
    expect(faultOfHeader('{"alg":"HS257","typ":"JWT"}')).toBe(TokenFault.Algorithm);
    expect(faultOfHeader('{"alg":"HS384","typ":"JWT"}')).toBe(TokenFault.Key);
    expect(faultOfHeader(HEADER)).toBe(TokenFault.None);
  });

  test("stays what it is while another token of the callback is accepted", () => {
    const names = setOf([secretKey(',"kid":"first"'), secretKey(',"kid":"other"')]);
    const first = signed('{"alg":"HS256","kid":"first"}');
    const other = signed('{"alg":"HS256","kid":"other"}');
    expect(read(first).verify(names)).toBe(TokenFault.None);
    const one = read(first);
    const two = Token.read(Bytes.ofText(other));
    expect(two.verify(names)).toBe(TokenFault.None);
    expect(one.kid!.toString()).toBe("first");
    expect(two.kid!.toString()).toBe("other");
    expect(one.verify(names)).toBe(TokenFault.None);
  });

  test("may be longer than what is remembered", () => {
    const long = '{"alg":"HS256","x":"' + "x".repeat(2000) + '"}';
    for (let i = 0; i < 2; ++i) expect(faultOfHeader(long)).toBe(TokenFault.None);
  });
});

describe("a signature", () => {
  test("is that of all that is signed, by that key", () => {
    const parts = signed().split(".");
    expect(read(signed()).verify(KEYS)).toBe(TokenFault.None);
    const other = segment('{"sub":"admin"}');
    expect(read(parts[0] + "." + other + "." + parts[2]).verify(KEYS)).toBe(TokenFault.Signature);
    expect(read(parts.join(".").slice(0, -3)).verify(KEYS)).not.toBe(TokenFault.None);
    expect(read(signed(HEADER, PAYLOAD, "another secret of thirty-two let")).verify(KEYS)).toBe(
      TokenFault.Signature,
    );
  });

  test("is asked of no key where there is none", () => {
    expect(read(signed()).verify(new KeySet())).toBe(TokenFault.Key);
  });

  test("is not asked of a token that is none", () => {
    const token = read("a.b");
    expect(token.verify(KEYS)).toBe(TokenFault.Form);
  });
});

describe("a key's name", () => {
  const OTHER = "another secret of thirty-two let";

  test("chooses the key", () => {
    const keys = setOf([secretKey(',"kid":"a"', OTHER), secretKey(',"kid":"b"')]);
    expect(read(signed('{"alg":"HS256","kid":"b"}')).verify(keys)).toBe(TokenFault.None);
    expect(read(signed('{"alg":"HS256","kid":"a"}')).verify(keys)).toBe(TokenFault.Signature);
    expect(read(signed('{"alg":"HS256","kid":"c"}')).verify(keys)).toBe(TokenFault.Key);
    expect(read(signed('{"alg":"HS256","kid":""}')).verify(keys)).toBe(TokenFault.Key);
    expect(keys.knows(Bytes.ofText("b"))).toBe(true);
    expect(keys.knows(Bytes.ofText("c"))).toBe(false);
  });

  test("may be missing in the token, and all keys are asked, or in a key, and that is asked of any", () => {
    const keys = setOf([secretKey(',"kid":"a"', OTHER), secretKey(',"kid":"b"')]);
    expect(read(signed()).verify(keys)).toBe(TokenFault.None);
    expect(read(signed('{"alg":"HS256","kid":"c"}')).verify(KEYS)).toBe(TokenFault.None);
  });

  test("is missing in at most eight keys that are asked", () => {
    const keys: string[] = [];
    for (let i = 0; i < 7; ++i) keys.push(secretKey("", OTHER));
    keys.push(secretKey());
    expect(read(signed()).verify(setOf(keys))).toBe(TokenFault.None);
    keys.unshift(secretKey("", OTHER));
    expect(read(signed()).verify(setOf(keys))).toBe(TokenFault.Signature);
    expect(read(signed('{"alg":"HS256","kid":"c"}')).verify(setOf(keys))).toBe(TokenFault.Signature);
  });

  test("says nothing of algorithms: those are the key's", () => {
    const keys = setOf([secretKey(',"kid":"a","alg":"HS512"', OTHER + OTHER)]);
    expect(read(signed('{"alg":"HS256","kid":"a"}', PAYLOAD, OTHER + OTHER)).verify(keys)).toBe(
      TokenFault.Key,
    );
  });
});

describe("a set of keys", () => {
  test("knows its source, and has a number of its own", () => {
    const keys = setOf([secretKey()]);
    expect(keys.isFrom(Bytes.ofText('{"keys":[' + secretKey() + "]}"))).toBe(true);
    expect(keys.isFrom(Bytes.ofText('{"keys":[ ' + secretKey() + "]}"))).toBe(false);
    expect(setOf([secretKey()]).generation).not.toBe(keys.generation);
  });
});

import { Bytes, isDigestOf } from "meshscript/assembly";
import "meshscript/assembly/testing";

// RFC 9530, appendix B.1 and D: the digests of {"hello": "world"} and a line feed, and of {"hello": "world"}.
const BODY = '{"hello": "world"}';
const SHA256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
const SHA512 =
  "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

function agrees(field: string, body: string = BODY): bool {
  return isDigestOf(Bytes.ofText(field), Bytes.ofText(body));
}

describe("a digest of a body", () => {
  test("is by SHA-256 or SHA-512, or by both", () => {
    expect(agrees(SHA256)).toBe(true);
    expect(agrees(SHA512)).toBe(true);
    expect(agrees(SHA256 + ", " + SHA512)).toBe(true);
    expect(agrees(SHA512 + "\t,\t" + SHA256)).toBe(true);
    expect(agrees("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", "")).toBe(true);
  });

  test("may stand beside others that do not count", () => {
    expect(agrees("md5=:AAAA:, " + SHA256 + ", unixcksum=:AA==:")).toBe(true);
    expect(agrees("md5=:AAAA:")).toBe(false);
  });

  test("has to be right, each of them", () => {
    expect(agrees(SHA256, BODY + "\n")).toBe(false);
    expect(agrees(SHA256 + ", sha-512=:AAAA:")).toBe(false);
    expect(agrees(SHA256 + ", " + SHA512.replace("W", "V"))).toBe(false);
  });

  test("is nothing else", () => {
    const others = [
      "",
      "sha-256",
      "sha-256=",
      "sha-256=:",
      "sha-256=::",
      SHA256 + ",",
      "," + SHA256,
      SHA256 + ";a=1",
      SHA256 + " x",
      SHA256.replace("sha-256", "SHA-256"),
      SHA256.replace("=:X", "=X"),
      SHA256.replace("PE=:", "PE:"),
      SHA256.replace("PE=:", "PF=:"),
      "sha-256=:" + "A".repeat(30000) + ":",
    ];
    for (let i = 0; i < others.length; ++i) expect(agrees(others[i])).toBe(false, others[i]);
  });
});

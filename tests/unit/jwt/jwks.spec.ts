import { JwsAlgorithm, algorithmNamed, nameOf } from "meshscript/assembly/jwt/algorithms";
import { KeySet, readKeySet } from "meshscript/assembly/jwt/jwks";
import { VerificationKey } from "meshscript/assembly/jwt/key";
import { BASE64_SLACK, decodeBase64Url } from "meshscript/assembly/crypto/base64";
import { KeyKind } from "meshscript/assembly/crypto/key/parts";
import { decode } from "meshscript/assembly/abi/text";
import { sizeOf } from "meshscript/assembly/abi/wire";
import { encoded, placed } from "../abi/bytes-of";
import "meshscript/assembly/testing";

// The keys, texts and signatures of RFC 7515, appendices A.1 to A.3, RFC 6979, appendix A.2.6, and RFC 8037, appendix A.4.
const N =
  "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql" +
  "L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs" +
  "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud" +
  "F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
const RSA = '"kty":"RSA","e":"AQAB","n":"' + N + '"';
const EC_X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
const EC_Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
const EC = '"kty":"EC","crv":"P-256","x":"' + EC_X + '","y":"' + EC_Y + '"';
const P384 =
  '"kty":"EC","crv":"P-384",' +
  '"x":"7DpOQVtOGaRWhhgCn0J_pdqai8SukuAuBqrlKGswDGTe-PDqkFWGYGSiVFFUgLwT",' +
  '"y":"gBXZty19VyROqO-awMYhiWcIpZNn-d-59UyoSz8cnbEoiyMcOuDU_nNE_SUzJkcg"';
const ED = '"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"';
const SECRET = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const HMAC = '"kty":"oct","k":"' + SECRET + '"';
const RS_TEXT =
  "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9" +
  "pc19yb290Ijp0cnVlfQ";
const RS_SIGNATURE =
  "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG" +
  "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K" +
  "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6" +
  "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const ES_TEXT =
  "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9" +
  "pc19yb290Ijp0cnVlfQ";
const ES_SIGNATURE = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const ED_TEXT = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
const ED_SIGNATURE = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
const HS_TEXT =
  "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA" +
  "6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const HS_SIGNATURE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const ES384_SIGNATURE =
  "lO27kqXsuKrUc25WxpGRaz-IFAZmzp-nPWTE6pWtEzyBpkgVLkSs-W423R6A-r5Gme9K6xXxeM6h_kDbJgMTjxMOdAoZYkUm" +
  "IDtjUdCjqU-jKcFFeG5nnnuCxxo4YorI";

function setOf(json: string, secrets: bool = false): KeySet | null {
  const bytes = encoded(json);
  return readKeySet(placed(bytes), bytes.length, secrets);
}

/** A set of one key with these members. */
function setOfOne(members: string, secrets: bool = false): KeySet {
  return setOf('{"keys":[{' + members + "}]}", secrets)!;
}

/** Why a key is refused, "" where it is taken. */
function refusalOf(members: string, secrets: bool = false): string {
  const set = setOfOne(members, secrets);
  expect(set.keys.length + set.refusals.length).toBe(1, members);
  return set.keys.length == 1 ? "" : set.refusals[0];
}

function keyOf(members: string, secrets: bool = false): VerificationKey {
  const set = setOfOne(members, secrets);
  if (set.keys.length == 0) throw new Error(set.refusals[0]);
  return set.keys[0];
}

function verifies(key: VerificationKey, algorithm: JwsAlgorithm, text: string, signature: string): bool {
  const bytes = encoded(text);
  const code = encoded(signature);
  const to = heap.alloc(code.length + BASE64_SLACK);
  const size = decodeBase64Url(placed(code), code.length, to);
  return key.verifies(algorithm, placed(bytes), bytes.length, to, size);
}

/** Names of the algorithms that a key serves, with blanks between them. */
function served(key: VerificationKey): string {
  let names = "";
  for (let algorithm = 0; algorithm < 12; ++algorithm) {
    const name = nameOf(algorithm);
    if (key.serves(algorithm)) names += (names == "" ? "" : " ") + decode(name, sizeOf(name));
  }
  return names;
}

const ANY_RSA = "RS256 RS384 RS512 PS256 PS384 PS512";

describe("a JWK", () => {
  test("of each kind verifies", () => {
    expect(verifies(keyOf(RSA), JwsAlgorithm.RS256, RS_TEXT, RS_SIGNATURE)).toBe(true);
    expect(verifies(keyOf(EC), JwsAlgorithm.ES256, ES_TEXT, ES_SIGNATURE)).toBe(true);
    expect(verifies(keyOf(P384), JwsAlgorithm.ES384, "sample", ES384_SIGNATURE)).toBe(true);
    expect(verifies(keyOf(ED), JwsAlgorithm.EdDSA, ED_TEXT, ED_SIGNATURE)).toBe(true);
    expect(verifies(keyOf(HMAC, true), JwsAlgorithm.HS256, HS_TEXT, HS_SIGNATURE)).toBe(true);
  });

  test("is of a kind, and says the same when it is prepared", () => {
    const key = keyOf(EC);
    key.prepare();
    expect(verifies(key, JwsAlgorithm.ES256, ES_TEXT, ES_SIGNATURE)).toBe(true);
    expect(key.kind).toBe(<i32>KeyKind.P256);
    const secret = keyOf(HMAC, true);
    secret.prepare();
    expect(verifies(secret, JwsAlgorithm.HS256, HS_TEXT, HS_SIGNATURE)).toBe(true);
    expect(secret.kind).toBe(-1);
  });

  test("verifies neither another text nor by another algorithm", () => {
    expect(verifies(keyOf(RSA), JwsAlgorithm.RS256, RS_TEXT + "x", RS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(RSA), JwsAlgorithm.PS256, RS_TEXT, RS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(RSA), JwsAlgorithm.HS256, RS_TEXT, RS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(HMAC, true), JwsAlgorithm.HS384, HS_TEXT, HS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(HMAC, true), JwsAlgorithm.HS512, HS_TEXT, HS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(HMAC, true), JwsAlgorithm.HS256, HS_TEXT + "x", HS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(HMAC, true), JwsAlgorithm.RS256, HS_TEXT, HS_SIGNATURE)).toBe(false);
    expect(verifies(keyOf(ED), JwsAlgorithm.ES256, ED_TEXT, ED_SIGNATURE)).toBe(false);
  });

  test("serves the algorithms of its kind, or the one that it names", () => {
    expect(served(keyOf(RSA))).toBe(ANY_RSA);
    expect(served(keyOf(RSA + ',"alg":"PS384"'))).toBe("PS384");
    expect(served(keyOf(EC))).toBe("ES256");
    expect(served(keyOf(EC + ',"alg":"ES256"'))).toBe("ES256");
    expect(served(keyOf(P384))).toBe("ES384");
    expect(served(keyOf(ED + ',"alg":"EdDSA"'))).toBe("EdDSA");
    expect(served(keyOf(HMAC, true))).toBe("HS256 HS384 HS512");
    expect(served(keyOf(HMAC + ',"alg":"HS512"', true))).toBe("HS512");
    const secret = '"kty":"oct","k":"' + "A".repeat(64) + '"';
    expect(served(keyOf(secret, true))).toBe("HS256 HS384");
  });

  test("has a name or none, whatever it holds", () => {
    expect(keyOf(EC).id === null).toBe(true);
    expect(keyOf(EC + ',"kid":""').id).toBe("");
    expect(keyOf(EC + ',"kid":"k\\u0031 \\" ä"').id).toBe('k1 " ä');
    expect(refusalOf(EC + ',"kid":7')).toBe("keys[0]: kid is no text");
  });

  test("may hold members that nobody knows, and is for verifying", () => {
    expect(refusalOf(EC + ',"x5t":"abc","foo":{"kty":"oct"},"use":"sig"')).toBe("");
    expect(refusalOf(EC + ',"key_ops":["sign","verify"]')).toBe("");
    expect(refusalOf(EC + ',"use":"enc"')).toBe("keys[0]: not for verifying signatures");
    expect(refusalOf(EC + ',"use":7')).toBe("keys[0]: not for verifying signatures");
    expect(refusalOf(EC + ',"key_ops":["sign"]')).toBe("keys[0]: not for verifying signatures");
    expect(refusalOf(EC + ',"key_ops":[]')).toBe("keys[0]: not for verifying signatures");
    expect(refusalOf(EC + ',"key_ops":"verify"')).toBe("keys[0]: not for verifying signatures");
    expect(refusalOf(EC + ',"use":"enc","key_ops":["verify"]')).toBe("keys[0]: not for verifying signatures");
  });

  test("is no private key, no secret unless asked for, and unambiguous", () => {
    expect(refusalOf(EC + ',"d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"')).toBe(
      "keys[0]: a private key",
    );
    expect(refusalOf(HMAC)).toBe("keys[0]: a secret among public keys");
    expect(refusalOf(EC + ',"kty":"EC"')).toBe("keys[0]: a member is there twice");
    expect(refusalOf(EC + ',"alg":"ES256","\\u0061lg":"ES384"')).toBe("keys[0]: a member is there twice");
  });

  test("is of a kind that is offered", () => {
    const unknown = "keys[0]: a kind of key or a curve that is not offered";
    expect(refusalOf('"crv":"P-256"')).toBe("keys[0]: no kty");
    expect(refusalOf('"kty":"ec"')).toBe(unknown);
    expect(refusalOf('"kty":7')).toBe(unknown);
    expect(refusalOf(EC.replace("P-256", "P-521"))).toBe(unknown);
    expect(refusalOf(EC.replace("P-256", "secp256k1"))).toBe(unknown);
    expect(refusalOf(EC.replace('"crv":"P-256",', ""))).toBe(unknown);
    expect(refusalOf(ED.replace("Ed25519", "X25519"))).toBe(unknown);
    expect(refusalOf(ED.replace("OKP", "EC"))).toBe(unknown);
  });

  test("names an algorithm of its own kind and size", () => {
    const others = "keys[0]: an algorithm that is not the key's";
    const unknown = "keys[0]: an algorithm that is not offered";
    expect(refusalOf(RSA + ',"alg":"ES256"')).toBe(others);
    expect(refusalOf(RSA + ',"alg":"HS256"')).toBe(others);
    expect(refusalOf(EC + ',"alg":"ES384"')).toBe(others);
    expect(refusalOf(ED + ',"alg":"ES256"')).toBe(others);
    expect(refusalOf(HMAC + ',"alg":"RS256"', true)).toBe(others);
    expect(refusalOf('"kty":"oct","alg":"HS512","k":"' + "A".repeat(64) + '"', true)).toBe(others);
    expect(refusalOf(RSA + ',"alg":"none"')).toBe(unknown);
    expect(refusalOf(RSA + ',"alg":"rs256"')).toBe(unknown);
    expect(refusalOf(RSA + ',"alg":"RS256 "')).toBe(unknown);
    expect(refusalOf(RSA + ',"alg":""')).toBe(unknown);
    expect(refusalOf(RSA + ',"alg":null')).toBe(unknown);
    expect(refusalOf(RSA + ',"alg":"RSA-OAEP"')).toBe(unknown);
  });

  test("has its numbers in their only form", () => {
    const form = "keys[0]: a number is missing, not in base64url or not as long as it should be";
    expect(refusalOf('"kty":"RSA","e":"AQAB"')).toBe(form);
    expect(refusalOf('"kty":"RSA","n":"' + N + '"')).toBe(form);
    expect(refusalOf(RSA.replace("AQAB", ""))).toBe(form);
    expect(refusalOf(RSA.replace('"AQAB"', "65537"))).toBe(form);
    expect(refusalOf(RSA.replace("AQAB", "AQAB="))).toBe(form);
    expect(refusalOf(RSA.replace("AQAB", "AQ\\u0041B"))).toBe(form);
    expect(refusalOf(EC.replace(EC_X, EC_X.slice(0, 42)))).toBe(form);
    expect(refusalOf(EC.replace(EC_X, "AA" + EC_X))).toBe(form);
    expect(refusalOf(EC.replace(EC_X, "AAAA" + EC_X))).toBe(form);
    expect(refusalOf(EC.replace(EC_X, EC_X.slice(0, 42) + "V"))).toBe(form, "unused bits");
    expect(refusalOf(ED.replace('"x"', '"y"'))).toBe(form);
    expect(refusalOf(EC + ',"y":""').includes("twice")).toBe(true);
  });

  test("makes a key that is valid and strong enough", () => {
    const weak = "keys[0]: no key that is valid and strong enough";
    expect(refusalOf(RSA.replace(N, N.slice(0, 340)))).toBe(weak, "2040 bits");
    expect(refusalOf(RSA.replace("AQAB", "AQ"))).toBe(weak, "e = 1");
    expect(refusalOf(RSA.replace("AQAB", "AQAA"))).toBe(weak, "even e");
    expect(refusalOf(RSA.replace(N, N.slice(0, 340) + "oA"))).toBe(weak, "even modulus");
    expect(refusalOf(EC.replace(EC_X, EC_Y))).toBe(weak, "off the curve");
    expect(refusalOf(ED.replace("11qY", "AAAA"))).toBe(weak, "no point");
    const short = "keys[0]: a secret of less than 32 bytes, or none in base64url";
    expect(refusalOf('"kty":"oct","k":""', true)).toBe(short);
    expect(refusalOf('"kty":"oct"', true)).toBe(short);
    expect(refusalOf('"kty":"oct","k":"' + "A".repeat(42) + '"', true)).toBe(short);
    expect(refusalOf('"kty":"oct","k":"' + "A".repeat(43) + '"', true)).toBe("");
    expect(refusalOf('"kty":"oct","k":"' + "A".repeat(43) + '="', true)).toBe(short);
  });
});

describe("a set of keys", () => {
  test("keeps the good ones and says what is wrong with the others", () => {
    const json =
      '{"keys":[{' + EC + ',"kid":"a"},7,{"kty":"RSA"},{' + ED + ',"kid":"a"},{"kty":"AKP"}],"more":true}';
    const set = setOf(json)!;
    expect(set.keys.length).toBe(2);
    expect(set.keys[0].id).toBe("a");
    expect(set.keys[1].id).toBe("a");
    expect(set.refusals).toStrictEqual([
      "keys[1]: no object",
      "keys[2]: a number is missing, not in base64url or not as long as it should be",
      "keys[4]: a kind of key or a curve that is not offered",
    ]);
  });

  test("may be empty, or a single key", () => {
    expect(setOf(' {"keys" : [] } ')!.keys.length).toBe(0);
    expect(setOf("{" + EC + "}")!.keys.length).toBe(1);
    expect(setOf("{" + EC + ',"use":"enc"}')!.refusals).toStrictEqual(["key: not for verifying signatures"]);
  });

  test("is nothing else", () => {
    const texts = [
      "",
      " ",
      "[]",
      "7",
      "{}",
      '{"keys":{}}',
      '{"keys":7}',
      '{"keys":[}',
      '{"keys":[]',
      "<html>",
    ];
    for (let i = 0; i < texts.length; ++i) expect(setOf(texts[i]) === null).toBe(true, texts[i]);
    expect(setOf('{"keys":[{' + EC + "}]}x") === null).toBe(true);
    expect(setOf("[".repeat(10_000)) === null).toBe(true);
  });

  test("is read up to 64 keys", () => {
    const set = setOf('{"keys":[' + '{"kty":"x"},'.repeat(999) + "7]}")!;
    expect(set.refusals.length).toBe(65);
    expect(set.refusals[64]).toBe("keys[64] and what follows: too many keys");
  });
});

describe("an algorithm", () => {
  test("has one name, in one case", () => {
    for (let algorithm = 0; algorithm < 12; ++algorithm) {
      const name = nameOf(algorithm);
      expect(algorithmNamed(name, sizeOf(name))).toBe(algorithm);
      expect(algorithmNamed(name, sizeOf(name) - 1)).toBe(-1);
    }
    const none = encoded("none");
    expect(algorithmNamed(placed(none), 4)).toBe(-1);
    expect(algorithmNamed(placed(none), 0)).toBe(-1);
  });
});

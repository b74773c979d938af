import { HostCrypto, JwsAlgorithm, VerificationKey, useHostCrypto } from "meshscript/assembly";
import { begin } from "meshscript/assembly/abi/arena";
import { hostTakes } from "meshscript/assembly/jwt/host-path";
import { BASE64_SLACK, decodeBase64Url } from "meshscript/assembly/crypto/base64";
import { Jwks } from "meshscript/assembly/jwt/jwks";
import "meshscript/assembly/testing";
import { encoded, placed } from "../abi/bytes-of";

// The keys, texts and signatures of RFC 7515, appendices A.2 and A.3.
const RSA =
  '{"kty":"RSA","e":"AQAB","n":"' +
  "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql" +
  "L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs" +
  "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud" +
  'F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}';
const EC =
  '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",' +
  '"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}';
const PAYLOAD =
  ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const RS_TEXT = "eyJhbGciOiJSUzI1NiJ9" + PAYLOAD;
const RS_SIGNATURE =
  "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG" +
  "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K" +
  "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6" +
  "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const ES_TEXT = "eyJhbGciOiJFUzI1NiJ9" + PAYLOAD;
const ES_SIGNATURE = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

/** Who is asked: nobody else, or the host about all that it knows. */
const MODES = [HostCrypto.Never, HostCrypto.Rsa, HostCrypto.RsaAndEcdsa];

function keyOf(jwk: string): VerificationKey {
  return Jwks.parse(jwk)!.keys[0];
}

function verifies(key: VerificationKey, algorithm: JwsAlgorithm, text: string, signature: string): bool {
  begin();
  const bytes = encoded(text);
  const code = encoded(signature);
  const to = heap.alloc(code.length + BASE64_SLACK);
  const size = decodeBase64Url(placed(code), code.length, to);
  return key.verifies(algorithm, placed(bytes), bytes.length, to, size);
}

describe("signatures by the host and by our own code", () => {
  test("hold alike", () => {
    for (let i = 0; i < MODES.length; ++i) {
      useHostCrypto(MODES[i]);
      expect(verifies(keyOf(RSA), JwsAlgorithm.RS256, RS_TEXT, RS_SIGNATURE)).toBe(true);
      expect(verifies(keyOf(EC), JwsAlgorithm.ES256, ES_TEXT, ES_SIGNATURE)).toBe(true);
    }
  });

  test("fail alike: for another text, algorithm, length or signature", () => {
    for (let i = 0; i < MODES.length; ++i) {
      useHostCrypto(MODES[i]);
      const rsa = keyOf(RSA);
      const ec = keyOf(EC);
      expect(verifies(rsa, JwsAlgorithm.RS256, RS_TEXT + "A", RS_SIGNATURE)).toBe(false);
      expect(verifies(rsa, JwsAlgorithm.RS384, RS_TEXT, RS_SIGNATURE)).toBe(false);
      expect(verifies(rsa, JwsAlgorithm.RS256, RS_TEXT, RS_SIGNATURE.substring(4))).toBe(false);
      expect(verifies(rsa, JwsAlgorithm.ES256, RS_TEXT, RS_SIGNATURE)).toBe(false);
      expect(verifies(ec, JwsAlgorithm.ES256, ES_TEXT + "A", ES_SIGNATURE)).toBe(false);
      expect(verifies(ec, JwsAlgorithm.ES256, ES_TEXT, ES_SIGNATURE + "AA")).toBe(false);
      expect(verifies(ec, JwsAlgorithm.ES256, ES_TEXT, "")).toBe(false);
      expect(verifies(ec, JwsAlgorithm.ES256, ES_TEXT, "A".repeat(86))).toBe(false);
      // The host can tell all of that: nothing of it makes our own code take over.
      expect(hostTakes(JwsAlgorithm.RS256)).toBe(MODES[i] != HostCrypto.Never);
    }
  });

  test("are the host's where it was asked for", () => {
    useHostCrypto(HostCrypto.Rsa);
    expect(hostTakes(JwsAlgorithm.RS512)).toBe(true);
    expect(hostTakes(JwsAlgorithm.PS256)).toBe(false);
    expect(hostTakes(JwsAlgorithm.ES256)).toBe(false);
    expect(hostTakes(JwsAlgorithm.EdDSA)).toBe(false);
    expect(hostTakes(JwsAlgorithm.HS256)).toBe(false);
    useHostCrypto(HostCrypto.RsaAndEcdsa);
    expect(hostTakes(JwsAlgorithm.ES384)).toBe(true);
    expect(hostTakes(JwsAlgorithm.PS512)).toBe(false);
    useHostCrypto(HostCrypto.Never);
    expect(hostTakes(JwsAlgorithm.RS256)).toBe(false);
    useHostCrypto(HostCrypto.Rsa);
  });
});

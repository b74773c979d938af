import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  Jwks,
  SignatureKey,
  TextCursor,
  VerificationKey,
  isDigestOf,
  register,
  wholeValueOf,
} from "meshscript/assembly";
import { Message, Request, Trial } from "meshscript/assembly/testing";
import { SignatureBase } from "../../../filters/http-signature/base";
import { Members } from "../../../filters/http-signature/structured";

// The examples of RFC 9421, appendix B, that are about requests.

const RSA_PSS = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----
`;
const P256 = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----
`;
const ED25519 = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
`;
const SHARED = `{"kty":"oct","alg":"HS256","k":"uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ"}`;

const CONTENT_DIGEST =
  "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
const CLIENT_CERT =
  ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

class Vector {
  constructor(
    readonly name: string,
    readonly key: SignatureKey,
    readonly authority: string,
    readonly input: string,
    readonly signature: string,
  ) {}
}

function rsaPss(): SignatureKey {
  return SignatureKey.of(VerificationKey.ofPem(RSA_PSS)!, "rsa-pss-sha512")!;
}

const vectors: Vector[] = [
  new Vector(
    "B.2.1, nothing but the signature's own parameters",
    rsaPss(),
    "example.com",
    'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==",
  ),
  new Vector(
    "B.2.2, a parameter of the query",
    rsaPss(),
    "example.com",
    'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"',
    "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==",
  ),
  new Vector(
    "B.2.3, all of the request",
    rsaPss(),
    "example.com",
    'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
    "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==",
  ),
  new Vector(
    "B.2.5, a shared secret",
    SignatureKey.of(Jwks.parse(SHARED, true)!.keys[0], "")!,
    "example.com",
    'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=",
  ),
  new Vector(
    "B.2.6, Ed25519",
    SignatureKey.of(VerificationKey.ofPem(ED25519)!, "")!,
    "example.com",
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
  ),
  new Vector(
    "B.3, by a proxy in front",
    SignatureKey.of(VerificationKey.ofPem(P256)!, "")!,
    "service.internal.example",
    'ttrp=("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-key-ecc-p256"',
    "xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==",
  ),
];

let current: i32 = 0;
let isRight: bool = false;
let isDigest: bool = false;

class Verifying extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const vector = vectors[current];
    const members = new Members(Bytes.ofText(vector.input));
    members.next();
    const base = new SignatureBase();
    const isWhole = base.cover(x.request, TextCursor.over(members.value));
    isRight = isWhole && vector.key.verifies(base.end(members.value), Bytes.ofText(vector.signature));
    const digest = wholeValueOf(x.request.headers, Bytes.ofText("content-digest"));
    isDigest = isDigestOf(digest!, Bytes.ofText('{"hello": "world"}'));
    return Action.Continue;
  }
}

register<Verifying>();

function send(vector: i32, path: string = "/foo?param=Value&Pet=dog"): void {
  current = vector;
  isRight = false;
  const request = new Request("POST", path)
    .header(":authority", vectors[vector].authority)
    .header("date", "Tue, 20 Apr 2021 02:07:55 GMT")
    .header("content-type", "application/json")
    .header("content-digest", CONTENT_DIGEST)
    .header("content-length", "18")
    .header("client-cert", CLIENT_CERT);
  new Trial().send(request);
}

describe("the examples of RFC 9421, appendix B", () => {
  test("are right", () => {
    for (let i = 0; i < vectors.length; ++i) {
      send(i);
      expect(isRight).toBe(true, vectors[i].name);
    }
  });

  test("are wrong for another query, where that was signed", () => {
    for (let i = 0; i < vectors.length; ++i) {
      const input = vectors[i].input;
      send(i, "/foo?param=Value&Pet=cat");
      expect(isRight).toBe(!input.includes("@query"), vectors[i].name);
    }
  });

  test("have the digest of their body", () => {
    send(0);
    expect(isDigest).toBe(true);
  });
});

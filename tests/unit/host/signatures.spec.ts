import { Bytes, sign, verifySignature } from "meshscript/assembly";
import "meshscript/assembly/testing";

// A pair of keys made for this file.
const PUBLIC_PEM =
  "-----BEGIN PUBLIC KEY-----\n" +
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERVk52afqAyZ3Drx6eOQ3N474AqXC\n" +
  "XOQcpUIbnOfR5B45LHfRwxk1x6nhOoo22LdCMxyNjoZ00nS5MGxDAi7rRg==\n" +
  "-----END PUBLIC KEY-----\n";
const PUBLIC_DER =
  "3059301306072a8648ce3d020106082a8648ce3d03010703420004455939d9a7ea0326770ebc7a78" +
  "e437378ef802a5c25ce41ca5421b9ce7d1e41e392c77d1c31935c7a9e13a8a36d8b742331c8d8e86" +
  "74d274b9306c43022eeb46";
const PRIVATE_DER =
  "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420ae2719e0" +
  "0d74f48e03ea3c18d01f5909ae999a9616d6c65814543c72cfd3c3d3a14403420004455939d9a7ea" +
  "0326770ebc7a78e437378ef802a5c25ce41ca5421b9ce7d1e41e392c77d1c31935c7a9e13a8a36d8" +
  "b742331c8d8e8674d274b9306c43022eeb46";

function bytesOf(hex: string): Bytes {
  const array = new Uint8Array(hex.length / 2);
  for (let i = 0; i < array.length; ++i) array[i] = <u8>parseInt(hex.substr(2 * i, 2), 16);
  return Bytes.of(array);
}

const text = "hello";

function verified(key: Bytes, signed: string): bool {
  const signature = sign("sha256", bytesOf(PRIVATE_DER), Bytes.ofText(text))!;
  return verifySignature("sha256", key, signature, Bytes.ofText(signed));
}

describe("a signature", () => {
  test("holds for its own text, with the key in either form", () => {
    expect(verified(Bytes.ofText(PUBLIC_PEM), "hello")).toBe(true);
    expect(verified(bytesOf(PUBLIC_DER), "hello")).toBe(true);
  });

  test("does not hold for another text, hash or key", () => {
    expect(verified(bytesOf(PUBLIC_DER), "hellp")).toBe(false);
    expect(verified(bytesOf(PRIVATE_DER), "hello")).toBe(false);
    const signature = sign("sha256", bytesOf(PRIVATE_DER), Bytes.ofText(text))!;
    expect(verifySignature("sha384", bytesOf(PUBLIC_DER), signature, Bytes.ofText(text))).toBe(false);
    expect(verifySignature("md5", bytesOf(PUBLIC_DER), signature, Bytes.ofText(text))).toBe(false);
    expect(verifySignature("sha256", bytesOf(PUBLIC_DER), Bytes.ofText(""), Bytes.ofText(text))).toBe(false);
    expect(verifySignature("sha256", Bytes.ofText(""), signature, Bytes.ofText(text))).toBe(false);
  });

  test("cannot be made with a key or a hash that the host does not know", () => {
    expect(sign("sha256", bytesOf(PUBLIC_DER), Bytes.ofText(text)) === null).toBe(true);
    expect(sign("md5", bytesOf(PRIVATE_DER), Bytes.ofText(text)) === null).toBe(true);
  });
});

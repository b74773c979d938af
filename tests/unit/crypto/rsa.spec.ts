import { Sha2, digest } from "meshscript/assembly/crypto/hash/sha2";
import { RsaKey, rsaKey } from "meshscript/assembly/crypto/rsa/key";
import { verifyPkcs1 } from "meshscript/assembly/crypto/rsa/pkcs1";
import { verifyPss } from "meshscript/assembly/crypto/rsa/pss";
import { encoded, placed } from "../abi/bytes-of";
import { bytesOf } from "./hex-of";

// RFC 7515, appendix A.2.
const MODULUS =
  "a1f8160ae2e3c9b465ce8d2d656263362b927dbe29e1f02477fc1625cc90a136e38bd93497c5b6ea63dd7711e67c7429" +
  "f956b0fb8a8f089adc4b69893cc1333f53edd019b87784252fec914fe4857769594bea4280d32c0f55bf62944f130396" +
  "bc6e9bdf6ebdd2bda3678eeca0c668f701b38dbffb38c8342ce2fe6d27fade4a5a4874979dd4b9cf9adec4c75b05852c" +
  "2c0f5ef8a5c1750392f944e8ed64c110c6b647609aa4783aeb9c6c9ad755313050638b83665c6f6f7a82a396702a1f64" +
  "1b82d3ebf2392219491fb686872c5716f50af8358d9a8b9d17c340728f7f87d89a18d8fcab67ad84590c2ecf75933936" +
  "3c07034d6f606f9e21e05456cae5e9a1";
const TEXT =
  "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9" +
  "pc19yb290Ijp0cnVlfQ";
const SIGNATURE =
  "702e218943e88fd11eb5d82dbf7845f34106ae1b81fff7731116add1717d83656d420afd3c96eedd73a2663e5166687b" +
  "000b87226e0187ed1073f945e582adfcef16d85a798ee8c66ddb3db8975b17d09402beedd5d9d97007108db28160d5f8" +
  "040ca7445762b81fbe7ff9d92e0ae76f24f25b33bbe6f44ae61eb1040acb20044d3ef9128ed40130795bd4bd3b41eeca" +
  "d066ab651981fde48df77f372dc38b9fafdd3befb18b5da3cc3c2eb02f9e3a41d612caad15911273a05f23b9e838faaf" +
  "849d698429ef5a1e88798236c3d40e604522a544c8f27a7a2db80663d16cf7caea56de405cb2215a45b2c25566b55ac1" +
  "a748a070dfc8a32a469543d019eefb47";

// RFC 7520, section 4.2.
const PSS_MODULUS =
  "9f810fb4038273d02591e4073f31d2b6001b82cedb4d92f050165d47cfcab8a3c41cb778ac7553793f8ef975768d1a23" +
  "74d8712564c3bcd77b9ea434544899407cff0099920a931a24c4414852ab29bdb0a95c0653f36c60e60bf90b6258dda5" +
  "6f37047ba5c2d1d029af9c9d40bac7aa41c78a0dd1068add699e808fea011ea1441d8a4f7bb4e97be39f55f1ddd44e9c" +
  "4ba335159703d4d34b603e65147a4f23d6d3c0996c75edee846a82d190ae10783c961cf0387aed2106d2d0555b6fd937" +
  "fad5535387e0ff72ffbe78941402b0b822ea2a74b6058c1dabf9b34a76cb63b87faa2c6847b8e2837fff91186e6b1c14" +
  "911cf989a89092a81ce601ddacd3f9cf";
const PSS_TEXT =
  "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3V" +
  "zIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHl" +
  "vdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9" +
  "mZiB0by4";
const PSS_SIGNATURE =
  "72edb6781aa46032a02254e9cc35c6bda15fcfa586a33edf50371f4f49243b2e369a2021daac81ce4d7112c9e4d88a4d" +
  "ebeb4f89de95ae494792ab06a83a8709d3fa3bc4d30797430c8b65955a3aff538b3e971b52b8625123316db5d4bddbd6" +
  "5f383e503f1b8a245e40595fcf6f3319656c76234051ff199f23c4815167e38d9974daa254946606aad84577bc3ff8a3" +
  "43ba7c55dcf44d3af151e4f7966f1df6c867af695f253f089948ef000d977b3d8c969f1c044e5ac03cd3d2a2349faba2" +
  "3f568237fdbf8cb01e41396a447b5f6bae1041252614002354a3db0728bbc61a34b9339c6c7e75d1ae8662625401f996" +
  "8f067aa03e227caa3c0d833e5fbd846b";

function key(modulus: string, exponent: string = "010001"): RsaKey | null {
  return rsaKey(bytesOf(modulus), modulus.length / 2, bytesOf(exponent), exponent.length / 2);
}

function digestOf(hash: Sha2, text: string): usize {
  const to = heap.alloc(64);
  const bytes = encoded(text);
  digest(hash, placed(bytes), bytes.length, to);
  return to;
}

/** A signature with one bit turned over. */
function changed(signature: string, byte: i32): usize {
  const at = bytesOf(signature);
  store<u8>(at + byte, load<u8>(at + byte) ^ 1);
  return at;
}

const rsa = key(MODULUS)!;
const right = digestOf(Sha2.Sha256, TEXT);
const pssKey = key(PSS_MODULUS)!;
const pssRight = digestOf(Sha2.Sha384, PSS_TEXT);

describe("RSA with PKCS#1 v1.5", () => {
  test("takes the signature of RFC 7515, appendix A.2", () => {
    expect(verifyPkcs1(rsa, Sha2.Sha256, right, bytesOf(SIGNATURE), 256)).toBe(true);
  });

  test("refuses another text, another hash function and another key", () => {
    const other = digestOf(Sha2.Sha256, TEXT + "x");
    expect(verifyPkcs1(rsa, Sha2.Sha256, other, bytesOf(SIGNATURE), 256)).toBe(false);
    expect(verifyPkcs1(rsa, Sha2.Sha384, digestOf(Sha2.Sha384, TEXT), bytesOf(SIGNATURE), 256)).toBe(false);
    expect(verifyPkcs1(key(PSS_MODULUS)!, Sha2.Sha256, right, bytesOf(SIGNATURE), 256)).toBe(false);
    expect(verifyPkcs1(key(MODULUS, "03")!, Sha2.Sha256, right, bytesOf(SIGNATURE), 256)).toBe(false);
  });

  test("refuses a changed, shortened, lengthened or too large signature", () => {
    for (let byte = 0; byte < 256; byte += 15) {
      expect(verifyPkcs1(rsa, Sha2.Sha256, right, changed(SIGNATURE, byte), 256)).toBe(
        false,
        byte.toString(),
      );
    }
    expect(verifyPkcs1(rsa, Sha2.Sha256, right, bytesOf(SIGNATURE), 255)).toBe(false);
    expect(verifyPkcs1(rsa, Sha2.Sha256, right, bytesOf(SIGNATURE + "00"), 257)).toBe(false);
    expect(verifyPkcs1(rsa, Sha2.Sha256, right, bytesOf("00" + SIGNATURE), 257)).toBe(false);
    expect(verifyPkcs1(rsa, Sha2.Sha256, right, bytesOf(MODULUS), 256)).toBe(false);
    expect(verifyPkcs1(rsa, Sha2.Sha256, right, bytesOf("ff".repeat(256)), 256)).toBe(false);
  });
});

describe("RSA with PSS", () => {
  test("takes the signature of RFC 7520, section 4.2", () => {
    expect(verifyPss(pssKey, Sha2.Sha384, pssRight, bytesOf(PSS_SIGNATURE), 256)).toBe(true);
  });

  test("refuses another text, another hash function, another length of the salt and another key", () => {
    const other = digestOf(Sha2.Sha384, PSS_TEXT + "x");
    const signature = bytesOf(PSS_SIGNATURE);
    expect(verifyPss(pssKey, Sha2.Sha384, other, signature, 256)).toBe(false);
    expect(verifyPss(pssKey, Sha2.Sha256, digestOf(Sha2.Sha256, PSS_TEXT), signature, 256)).toBe(false);
    expect(verifyPss(pssKey, Sha2.Sha384, pssRight, signature, 256, 47)).toBe(false);
    expect(verifyPss(pssKey, Sha2.Sha384, pssRight, signature, 256, 49)).toBe(false);
    expect(verifyPss(pssKey, Sha2.Sha384, pssRight, signature, 256, 400)).toBe(false);
    expect(verifyPss(key(MODULUS)!, Sha2.Sha384, pssRight, signature, 256)).toBe(false);
  });

  test("refuses a changed, shortened or too large signature", () => {
    for (let byte = 0; byte < 256; byte += 15) {
      const signature = changed(PSS_SIGNATURE, byte);
      expect(verifyPss(pssKey, Sha2.Sha384, pssRight, signature, 256)).toBe(false, byte.toString());
    }
    expect(verifyPss(pssKey, Sha2.Sha384, pssRight, bytesOf(PSS_SIGNATURE), 255)).toBe(false);
    expect(verifyPss(pssKey, Sha2.Sha384, pssRight, bytesOf(PSS_MODULUS), 256)).toBe(false);
  });

  test("refuses a signature of PKCS#1 v1.5, and the other way round", () => {
    const text = digestOf(Sha2.Sha256, TEXT);
    expect(verifyPss(key(MODULUS)!, Sha2.Sha256, text, bytesOf(SIGNATURE), 256)).toBe(false);
    expect(verifyPkcs1(pssKey, Sha2.Sha384, pssRight, bytesOf(PSS_SIGNATURE), 256)).toBe(false);
  });
});

describe("a key of RSA", () => {
  test("may have zeros before its numbers", () => {
    expect(key("0000" + MODULUS, "00010001") !== null).toBe(true);
    expect(key("0000" + MODULUS)!.bits).toBe(2048);
  });

  test("has a modulus that is odd, of 2048 to 4096 bits", () => {
    expect(key(MODULUS.slice(0, 510) + "a0") === null).toBe(true, "even");
    expect(key("7f" + MODULUS.slice(2)) === null).toBe(true, "2047 bits");
    expect(key(MODULUS.slice(2)) === null).toBe(true, "2040 bits");
    expect(key("01" + MODULUS + MODULUS) === null).toBe(true, "4097 bits");
    expect(key("ff".repeat(512))!.bits).toBe(4096);
    expect(key("01" + MODULUS)!.bits).toBe(2049);
    expect(key("") === null).toBe(true, "nothing");
    expect(key("00".repeat(256)) === null).toBe(true, "zero");
  });

  test("has an exponent that is odd, from 3 to 32 bits", () => {
    const refused = ["", "00", "01", "02", "04", "010000", "0100000001"];
    for (let i = 0; i < refused.length; ++i) expect(key(MODULUS, refused[i]) === null).toBe(true, refused[i]);
    const taken = ["03", "05", "11", "ffffffff", "0000000003"];
    for (let i = 0; i < taken.length; ++i) expect(key(MODULUS, taken[i]) !== null).toBe(true, taken[i]);
  });
});

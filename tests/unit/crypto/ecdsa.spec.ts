import { Sha2, digest } from "meshscript/assembly/crypto/hash/sha2";
import { curveP256, curveP384 } from "meshscript/assembly/crypto/ec/curve";
import { verifyEcdsa } from "meshscript/assembly/crypto/ec/ecdsa";
import { EcKey, ecKey } from "meshscript/assembly/crypto/ec/key";
import { P256 } from "meshscript/assembly/crypto/ec/p256";
import { P384 } from "meshscript/assembly/crypto/ec/p384";
import { encoded, placed } from "../abi/bytes-of";
import { bytesOf } from "./hex-of";

// RFC 7515, appendix A.3.
const X256 = "7fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445";
const Y256 = "c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad";
const TEXT256 =
  "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9" +
  "pc19yb290Ijp0cnVlfQ";
const SIGNATURE256 =
  "0ed1215379636c483c2f7f155807d402a3b228033af97c7e17819ac3169ea665c50a07d38c3c70e5d8f12daf084a5480" +
  "a66590c5f293509a8f3f7f8a83a354d5";

// RFC 6979, appendix A.2.6: the message "sample" with SHA-384.
const X384 =
  "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13";
const Y384 =
  "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720";
const SIGNATURE384 =
  "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46" +
  "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8";

const PRIME256 = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
const ORDER256 = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const PRIME384 =
  "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff";
const ORDER384 =
  "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";
const ZERO256 = "0000000000000000000000000000000000000000000000000000000000000000";

// The base points, as keys: so that both products are multiples of one point.
const BASE256 =
  "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e16" +
  "2bce33576b315ececbb6406837bf51f5";
const BASE384 =
  "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7" +
  "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f";

function key256(point: string): EcKey<P256> | null {
  const at = bytesOf(point);
  return ecKey<P256>(curveP256(), at, at + 32);
}

function key384(point: string): EcKey<P384> | null {
  const at = bytesOf(point);
  return ecKey<P384>(curveP384(), at, at + 48);
}

function digestOf(hash: Sha2, text: string): usize {
  const to = heap.alloc(64);
  const bytes = encoded(text);
  digest(hash, placed(bytes), bytes.length, to);
  return to;
}

/** Whether a signature is taken: without a table and with one, which must say the same. */
function takes<C>(key: EcKey<C>, digest: usize, size: usize, signature: string): bool {
  const plain = verifyEcdsa<C>(key, digest, size, bytesOf(signature), signature.length / 2);
  key.prepare();
  key.prepare();
  const prepared = verifyEcdsa<C>(key, digest, size, bytesOf(signature), signature.length / 2);
  expect(prepared).toBe(plain);
  return prepared;
}

const right = digestOf(Sha2.Sha256, TEXT256);
const right384 = digestOf(Sha2.Sha384, "sample");

describe("ECDSA on P-256", () => {
  test("takes the signature of RFC 7515, appendix A.3", () => {
    expect(takes(key256(X256 + Y256)!, right, 32, SIGNATURE256)).toBe(true);
  });

  test("refuses another text, another key and another signature", () => {
    const key = key256(X256 + Y256)!;
    expect(takes(key, digestOf(Sha2.Sha256, TEXT256 + "x"), 32, SIGNATURE256)).toBe(false);
    expect(takes(key256(BASE256)!, right, 32, SIGNATURE256)).toBe(false);
    expect(takes(key, right, 32, SIGNATURE256.slice(64) + SIGNATURE256.slice(0, 64))).toBe(false);
  });

  test("refuses r and s that are zero, the order or more", () => {
    const key = key256(X256 + Y256)!;
    const r = SIGNATURE256.slice(0, 64);
    const s = SIGNATURE256.slice(64);
    const refused = [ZERO256 + s, r + ZERO256, ORDER256 + s, r + ORDER256, PRIME256 + s, r + "ff".repeat(32)];
    for (let i = 0; i < refused.length; ++i)
      expect(takes(key, right, 32, refused[i])).toBe(false, refused[i]);
    expect(takes(key, digestOf(Sha2.Sha256, ""), 0, ZERO256 + ZERO256)).toBe(false);
  });

  test("refuses signatures of another length", () => {
    const key = key256(X256 + Y256)!;
    expect(takes(key, right, 32, "")).toBe(false);
    expect(takes(key, right, 32, SIGNATURE256.slice(2))).toBe(false);
    expect(takes(key, right, 32, SIGNATURE256 + "00")).toBe(false);
    expect(takes(key, right, 32, "00" + SIGNATURE256)).toBe(false);
  });

  test("adds a point to itself, and to its opposite", () => {
    const key = key256(BASE256)!;
    // Both products are the same multiple: their sum is five times the base point.
    expect(
      takes(
        key,
        bytesOf("51590b7a515140d2d784c85608668fdfef8c82fd1f5be52421554a0dc3d033ed"),
        32,
        "51590b7a515140d2d784c85608668fdfef8c82fd1f5be52421554a0dc3d033ed53bd37ca53ba19ee2301e9bc035c398cb8ccccee61297b5c3e1412f94d9a4f6f",
      ),
    ).toBe(true);
    // The sum is the point at infinity, which has no x.
    expect(
      takes(
        key,
        bytesOf("aea6f484aeaebf2e287b37a9f799701fcd5a77b087bbb960d26480b53892f164"),
        32,
        "51590b7a515140d2d784c85608668fdfef8c82fd1f5be52421554a0dc3d033ed53bd37ca53ba19ee2301e9bc035c398cb8ccccee61297b5c3e1412f94d9a4f6f",
      ),
    ).toBe(false);
  });

  test("does not take the point at infinity for one of its summands", () => {
    const r = "51590b7a515140d2d784c85608668fdfef8c82fd1f5be52421554a0dc3d033ed";
    const s = "5621641a5622f3096e7f0b21fe51e339820d16dfa2f711945ad2dbe4d7646af1";
    const digest = "aea6f484aeaebf2e287b37a9f799701fcd5a77b087bbb960d26480b53892f164";
    expect(takes(key256(BASE256)!, bytesOf(digest), 32, r + s)).toBe(false);
  });

  test("takes an x that is more than the order", () => {
    const r = "0000000000000000000000000000000000000000000000000000000000000003";
    const key = key256(
      "4850d2963fe5d2f3c1b251a96ba095ebadeee7b736b34c6a731a8666fcca67bf999c111ef77bf8d58fd61dcecf607598f61d6651366c9902400b7dd93112b636",
    )!;
    expect(takes(key, bytesOf(r), 32, r + r)).toBe(true);
    // The same r and s, each with the order added.
    const more = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632554";
    expect(takes(key, bytesOf(r), 32, more + r)).toBe(false);
    expect(takes(key, bytesOf(r), 32, r + more)).toBe(false);
  });
});

describe("ECDSA on P-384", () => {
  test("takes the signature of RFC 6979, appendix A.2.6", () => {
    expect(takes(key384(X384 + Y384)!, right384, 48, SIGNATURE384)).toBe(true);
  });

  test("refuses another text, another length, and r or s out of range", () => {
    const key = key384(X384 + Y384)!;
    const r = SIGNATURE384.slice(0, 96);
    expect(takes(key, digestOf(Sha2.Sha384, "test"), 48, SIGNATURE384)).toBe(false);
    expect(takes(key, right384, 48, SIGNATURE384.slice(2))).toBe(false);
    expect(takes(key, right384, 48, ORDER384 + SIGNATURE384.slice(96))).toBe(false);
    expect(takes(key, right384, 48, r + "00".repeat(48))).toBe(false);
  });

  test("adds a point to itself, and to its opposite", () => {
    const key = key384(BASE384)!;
    expect(
      takes(
        key,
        bytesOf(
          "11de24a2c251c777573cac5ea025e467f208e51dbff98fc54f6661cbe56583b037882f4a1ca297e60abcdbc3836d84bc",
        ),
        48,
        "11de24a2c251c777573cac5ea025e467f208e51dbff98fc54f6661cbe56583b037882f4a1ca297e60abcdbc3836d84bc6d8c0ea780ed82fc894b7825d9a8c1c32d9d28724cca3982091d7952570b7a396ca74b982887b2f396439545b9addf46",
      ),
    ).toBe(true);
    expect(
      takes(
        key,
        bytesOf(
          "ee21db5d3dae3888a8c353a15fda1b980df71ae24006703a77fcebb60ed1aa2f2091de682c0e0f94e22f3da74957a4b7",
        ),
        48,
        "11de24a2c251c777573cac5ea025e467f208e51dbff98fc54f6661cbe56583b037882f4a1ca297e60abcdbc3836d84bc6d8c0ea780ed82fc894b7825d9a8c1c32d9d28724cca3982091d7952570b7a396ca74b982887b2f396439545b9addf46",
      ),
    ).toBe(false);
  });

  test("does not take the point at infinity for one of its summands", () => {
    const r =
      "11de24a2c251c777573cac5ea025e467f208e51dbff98fc54f6661cbe56583b037882f4a1ca297e60abcdbc3836d84bc";
    const s =
      "c939f8ac3f893e81bb5a43ed132b9f1e69316bc6d99ae33ec2d490d8c8b170c2a1c667e6346cce0121ca4ec7efee39d0";
    const digest =
      "ee21db5d3dae3888a8c353a15fda1b980df71ae24006703a77fcebb60ed1aa2f2091de682c0e0f94e22f3da74957a4b7";
    expect(takes(key384(BASE384)!, bytesOf(digest), 48, r + s)).toBe(false);
  });

  test("takes an x that is more than the order", () => {
    const r =
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002";
    const key = key384(
      "225c5aabcbe31a79451e83f57904f299018e31a6cc62698885cb614bfd483a12e5c0f6c43556d42be0aa3d7d1e4498510367f6152e6fb04c76e91c13a498c3cad86eb91222f137b0840b61eae466167ff9576449b3182041c62cc3531582089e",
    )!;
    expect(takes(key, bytesOf(r), 48, r + r)).toBe(true);
    // The same r and s, each with the order added.
    const more =
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52975";
    expect(takes(key, bytesOf(r), 48, more + r)).toBe(false);
    expect(takes(key, bytesOf(r), 48, r + more)).toBe(false);
  });
});

describe("a key of ECDSA", () => {
  test("is a point on the curve", () => {
    expect(key256(X256 + Y256.slice(0, 62) + "ac") === null).toBe(true);
    expect(key256(Y256 + X256) === null).toBe(true);
    expect(key256(ZERO256 + ZERO256) === null).toBe(true);
    expect(key384(X384 + Y384.slice(0, 94) + "21") === null).toBe(true);
    expect(key384("00".repeat(96)) === null).toBe(true);
  });

  test("has coordinates below the prime", () => {
    // So small an x is that of a point, and the prime more would be the same.
    expect(
      key256(
        "0000000000000000000000000000000000000000000000000000000000000005459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc",
      ) !== null,
    ).toBe(true);
    expect(
      key256(
        "ffffffff00000001000000000000000000000001000000000000000000000004459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc",
      ) === null,
    ).toBe(true);
    expect(
      key384(
        "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000028cdeadbbd04911a3c1931e26df3fa6439dca9c7eb286fbd46fc319f0e2bb780232baf57825fc0c1912ada2fefe84024c",
      ) !== null,
    ).toBe(true);
    expect(
      key384(
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000001000000018cdeadbbd04911a3c1931e26df3fa6439dca9c7eb286fbd46fc319f0e2bb780232baf57825fc0c1912ada2fefe84024c",
      ) === null,
    ).toBe(true);
    expect(key256("ff".repeat(64)) === null).toBe(true);
  });
});

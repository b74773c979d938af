import { Sha256, Sha384, Sha512 } from "meshscript/assembly/crypto/hash/algorithms";
import { HASH_ROOM, Hash } from "meshscript/assembly/crypto/hash/hash";
import { Sha2, digest } from "meshscript/assembly/crypto/hash/sha2";
import { encoded, placed } from "../abi/bytes-of";
import { hexOf } from "./hex-of";
import { repeated } from "./repeated";

function hashed(hash: Sha2, bytes: u8[]): string {
  const to = heap.alloc(64);
  return hexOf(to, <i32>digest(hash, placed(bytes), bytes.length, to));
}

/** The digest of bytes that are given in pieces of one size. */
function inPieces<A>(bytes: u8[], piece: i32): string {
  const from = placed(bytes);
  const hash = changetype<Hash<A>>(heap.alloc(HASH_ROOM));
  hash.start();
  for (let at = 0; at < bytes.length; at += piece) hash.update(from + at, min(piece, bytes.length - at));
  const to = heap.alloc(64);
  hash.finish(to);
  return hexOf(to, <i32>changetype<A>(0).digest);
}

const TWO_BLOCKS =
  "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

// The examples of FIPS 180-4 (NIST's SHA384.pdf, SHA512.pdf and SHA2_Additional.pdf).
describe("SHA-384", () => {
  test("of the standard's examples", () => {
    expect(hashed(Sha2.Sha384, encoded("abc"))).toBe(
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    );
    expect(hashed(Sha2.Sha384, encoded(TWO_BLOCKS))).toBe(
      "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039",
    );
    expect(hashed(Sha2.Sha384, [])).toBe(
      "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
    );
  });
});

describe("SHA-512", () => {
  test("of the standard's examples", () => {
    expect(hashed(Sha2.Sha512, encoded("abc"))).toBe(
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" +
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    );
    expect(hashed(Sha2.Sha512, encoded(TWO_BLOCKS))).toBe(
      "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018" +
        "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909",
    );
  });

  test("of runs of zeros around a block's end", () => {
    expect(hashed(Sha2.Sha512, repeated(0, 111))).toBe(
      "77ddd3a542e530fd047b8977c657ba6ce72f1492e360b2b2212cd264e75ec038" +
        "82e4ff0525517ab4207d14c70c2259ba88d4d335ee0e7e20543d22102ab1788c",
    );
    expect(hashed(Sha2.Sha512, repeated(0, 112))).toBe(
      "2be2e788c8a8adeaa9c89a7f78904cacea6e39297d75e0573a73c756234534d6" +
        "627ab4156b48a6657b29ab8beb73334040ad39ead81446bb09c70704ec707952",
    );
    expect(hashed(Sha2.Sha512, repeated(0, 113))).toBe(
      "0e67910bcf0f9ccde5464c63b9c850a12a759227d16b040d98986d54253f9f34" +
        "322318e56b8feb86c5fb2270ed87f31252f7f68493ee759743909bd75e4bb544",
    );
  });
});

describe("a message in pieces", () => {
  test("has the digest of the whole, wherever it is cut", () => {
    const message = repeated(0x61, 1000);
    for (let piece = 1; piece < 260; piece += 1) {
      expect(inPieces<Sha256>(message, piece)).toBe(hashed(Sha2.Sha256, message), piece.toString());
      expect(inPieces<Sha512>(message, piece)).toBe(hashed(Sha2.Sha512, message), piece.toString());
    }
    expect(inPieces<Sha384>(message, 7)).toBe(hashed(Sha2.Sha384, message));
  });

  test("of a million letters has the digests of the standard's examples", () => {
    const message = repeated(0x61, 1_000_000);
    expect(inPieces<Sha256>(message, 1001)).toBe(
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    );
    expect(inPieces<Sha512>(message, 1001)).toBe(
      "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb" +
        "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
    );
  });
});

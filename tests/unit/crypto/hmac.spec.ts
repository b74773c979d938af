import { Sha256, Sha384, Sha512 } from "meshscript/assembly/crypto/hash/algorithms";
import { HASH_ROOM, Hash } from "meshscript/assembly/crypto/hash/hash";
import { HmacKey } from "meshscript/assembly/crypto/hmac";
import { encoded, placed } from "../abi/bytes-of";
import { bytesOf, hexOf } from "./hex-of";
import { repeated } from "./repeated";

function code<A>(key: u8[], message: u8[]): string {
  const to = heap.alloc(64);
  new HmacKey<A>(placed(key), key.length).code(placed(message), message.length, to);
  return hexOf(to, <i32>changetype<A>(0).digest);
}

class Case {
  constructor(
    readonly key: u8[],
    readonly message: u8[],
    readonly sha256: string,
    readonly sha384: string,
    readonly sha512: string,
  ) {}
}

// RFC 4231, test cases 1 to 4, 6 and 7.
const cases: Case[] = [
  new Case(
    repeated(0x0b, 20),
    encoded("Hi There"),
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
    "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde" +
      "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
  ),
  new Case(
    encoded("Jefe"),
    encoded("what do ya want for nothing?"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554" +
      "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
  ),
  new Case(
    repeated(0xaa, 20),
    repeated(0xdd, 50),
    "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27",
    "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39" +
      "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
  ),
  new Case(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25],
    repeated(0xcd, 50),
    "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    "3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb",
    "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db" +
      "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
  ),
  new Case(
    repeated(0xaa, 131),
    encoded("Test Using Larger Than Block-Size Key - Hash Key First"),
    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
    "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352" +
      "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
  ),
  new Case(
    repeated(0xaa, 131),
    encoded(
      "This is a test using a larger than block-size key and a larger than block-size data. " +
        "The key needs to be hashed before being used by the HMAC algorithm.",
    ),
    "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e",
    "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944" +
      "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
  ),
];

describe("HMAC", () => {
  test("of the cases of RFC 4231", () => {
    for (let i = 0; i < cases.length; ++i) {
      const one = cases[i];
      expect(code<Sha256>(one.key, one.message)).toBe(one.sha256, i.toString());
      expect(code<Sha384>(one.key, one.message)).toBe(one.sha384, i.toString());
      expect(code<Sha512>(one.key, one.message)).toBe(one.sha512, i.toString());
    }
  });

  test("of a message in pieces, two messages at once", () => {
    const key = new HmacKey<Sha256>(placed(cases[1].key), cases[1].key.length);
    const first = changetype<Hash<Sha256>>(heap.alloc(HASH_ROOM));
    const second = changetype<Hash<Sha256>>(heap.alloc(HASH_ROOM));
    key.begin(first);
    key.begin(second);
    first.update(placed(encoded("what do ya want ")), 16);
    second.update(placed(encoded("what do ya want for nothing!")), 28);
    first.update(placed(encoded("for nothing?")), 12);
    const to = heap.alloc(64);
    key.finish(first, to);
    key.finish(second, to + 32);
    expect(hexOf(to, 32)).toBe(cases[1].sha256);
    expect(hexOf(to + 32, 32)).not.toBe(cases[1].sha256);
  });

  test("verifies the whole code and nothing else", () => {
    const message = placed(cases[1].message);
    const size = cases[1].message.length;
    const key = new HmacKey<Sha512>(placed(cases[1].key), cases[1].key.length);
    const right = bytesOf(cases[1].sha512);
    expect(key.verifies(message, size, right, 64)).toBe(true);
    expect(key.verifies(message, size - 1, right, 64)).toBe(false);
    for (let i = 0; i < 64; ++i) {
      store<u8>(right + i, load<u8>(right + i) ^ 1);
      expect(key.verifies(message, size, right, 64)).toBe(false, i.toString());
      store<u8>(right + i, load<u8>(right + i) ^ 1);
    }
    expect(key.verifies(message, size, right, 32)).toBe(false);
    expect(key.verifies(message, size, right, 0)).toBe(false);
  });

  test("with a key of a block's size, of one byte more and of none", () => {
    const message = encoded("message");
    const block = repeated(7, 64);
    expect(code<Sha256>(block, message)).toBe(
      "85917068a37039035ee3acc1849016792b1db8dbc8bb1399fe5d3e4b29746675",
    );
    expect(code<Sha256>(repeated(7, 65), message)).toBe(
      "2dae4f569913129ce86a519300c5f0e666141944a8e4215968810f961394b0b9",
    );
    expect(code<Sha256>([], message)).toBe(
      "eb08c1f56d5ddee07f7bdf80468083da06b64cf4fac64fe3a90883df5feacae4",
    );
  });
});

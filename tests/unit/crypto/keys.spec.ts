import { KeyKind, KeyParts } from "meshscript/assembly/crypto/key/parts";
import { Algorithm, PublicKey, publicKeyFrom } from "meshscript/assembly/crypto/key/public-key";
import { readSpki } from "meshscript/assembly/crypto/key/spki";
import { SPKI_OVERHEAD, writeSpki } from "meshscript/assembly/crypto/key/spki-writer";
import { encoded, placed } from "../abi/bytes-of";
import { bytesOf, hexOf, turnBit } from "./hex-of";

// SubjectPublicKeyInfo of the keys of RFC 7515, appendices A.2 and A.3, RFC 6979, appendix A.2.6, and RFC 8037, appendix A.1, as
// OpenSSL writes it.
const MODULUS =
  "a1f8160ae2e3c9b465ce8d2d656263362b927dbe29e1f02477fc1625cc90a136e38bd93497c5b6ea63dd7711e67c7429" +
  "f956b0fb8a8f089adc4b69893cc1333f53edd019b87784252fec914fe4857769594bea4280d32c0f55bf62944f130396" +
  "bc6e9bdf6ebdd2bda3678eeca0c668f701b38dbffb38c8342ce2fe6d27fade4a5a4874979dd4b9cf9adec4c75b05852c" +
  "2c0f5ef8a5c1750392f944e8ed64c110c6b647609aa4783aeb9c6c9ad755313050638b83665c6f6f7a82a396702a1f64" +
  "1b82d3ebf2392219491fb686872c5716f50af8358d9a8b9d17c340728f7f87d89a18d8fcab67ad84590c2ecf75933936" +
  "3c07034d6f606f9e21e05456cae5e9a1";
const RSA = "30820122300d06092a864886f70d01010105000382010f003082010a0282010100" + MODULUS + "0203010001";
const P256 =
  "3059301306072a8648ce3d020106082a8648ce3d030107034200047fcdce2770f6c45d4183cbee6fdb4b7b580733357b" +
  "e9ef13bacf6e3c7bd15445c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad";
const P384 =
  "3076301006072a8648ce3d020106052b8104002203620004ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e" +
  "06aae5286b300c64def8f0ea9055866064a254515480bc138015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9" +
  "f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720";
const ED25519 = "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const PEM =
  "-----BEGIN PUBLIC KEY-----\n" +
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n" +
  "6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n" +
  "-----END PUBLIC KEY-----\n";

class Signed {
  constructor(
    readonly algorithm: Algorithm,
    readonly key: string,
    readonly text: string,
    readonly signature: string,
  ) {}
}

const signed: Signed[] = [
  new Signed(
    Algorithm.RS256,
    RSA,
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
    "702e218943e88fd11eb5d82dbf7845f34106ae1b81fff7731116add1717d83656d420afd3c96eedd73a2663e5166687b000b87226e0187ed1073f945e582adfcef16d85a798ee8c66ddb3db8975b17d09402beedd5d9d97007108db28160d5f8040ca7445762b81fbe7ff9d92e0ae76f24f25b33bbe6f44ae61eb1040acb20044d3ef9128ed40130795bd4bd3b41eecad066ab651981fde48df77f372dc38b9fafdd3befb18b5da3cc3c2eb02f9e3a41d612caad15911273a05f23b9e838faaf849d698429ef5a1e88798236c3d40e604522a544c8f27a7a2db80663d16cf7caea56de405cb2215a45b2c25566b55ac1a748a070dfc8a32a469543d019eefb47",
  ),
  new Signed(
    Algorithm.ES256,
    P256,
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
    "0ed1215379636c483c2f7f155807d402a3b228033af97c7e17819ac3169ea665c50a07d38c3c70e5d8f12daf084a5480a66590c5f293509a8f3f7f8a83a354d5",
  ),
  new Signed(
    Algorithm.ES384,
    P384,
    "sample",
    "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
  ),
  new Signed(
    Algorithm.EdDSA,
    ED25519,
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
    "860c98d2297f3060a33f42739672d61b53cf3adefed3d3c672f320dc021b411e9d59b8628dc351e248b88b29468e0e41855b0fb7d83bb15be902bfccb8cd0a02",
  ),
];
const algorithms = [
  Algorithm.RS256,
  Algorithm.RS384,
  Algorithm.RS512,
  Algorithm.PS256,
  Algorithm.PS384,
  Algorithm.PS512,
  Algorithm.ES256,
  Algorithm.ES384,
  Algorithm.EdDSA,
];

function fromHexKey(hex: string): PublicKey | null {
  return publicKeyFrom(bytesOf(hex), hex.length / 2);
}

function fromText(text: string): PublicKey | null {
  const bytes = encoded(text);
  return publicKeyFrom(placed(bytes), bytes.length);
}

function verifies(key: PublicKey, algorithm: Algorithm, one: Signed): bool {
  const text = encoded(one.text);
  const size = one.signature.length / 2;
  return key.verifies(algorithm, placed(text), text.length, bytesOf(one.signature), size);
}

describe("a public key", () => {
  test("verifies by the algorithm of its kind and no other", () => {
    for (let i = 0; i < signed.length; ++i) {
      const one = signed[i];
      const key = fromHexKey(one.key)!;
      for (let a = 0; a < algorithms.length; ++a) {
        expect(verifies(key, algorithms[a], one)).toBe(algorithms[a] == one.algorithm, one.key);
      }
      key.prepare();
      expect(verifies(key, one.algorithm, one)).toBe(true, one.key);
    }
  });

  test("is of the kind that its encoding says", () => {
    expect(fromHexKey(RSA)!.kind).toBe(KeyKind.Rsa);
    expect(fromHexKey(P256)!.kind).toBe(KeyKind.P256);
    expect(fromHexKey(P384)!.kind).toBe(KeyKind.P384);
    expect(fromHexKey(ED25519)!.kind).toBe(KeyKind.Ed25519);
  });

  test("is refused where it makes no key", () => {
    expect(fromHexKey(P256.slice(0, 180) + "ac") === null).toBe(true, "off the curve");
    expect(fromHexKey(P384.slice(0, 238) + "21") === null).toBe(true, "off the curve");
    expect(fromHexKey(ED25519.slice(0, 24) + "01" + "00".repeat(31)) === null).toBe(true, "small order");
    expect(fromHexKey(RSA.slice(0, -2) + "02") === null).toBe(true, "even exponent");
  });
});

describe("a public key in DER", () => {
  test("is refused with anything cut off or put behind", () => {
    const keys = [RSA, P256, P384, ED25519];
    for (let i = 0; i < keys.length; ++i) {
      for (let size = 0; size < keys[i].length; size += keys[i].length > 400 ? 14 : 2) {
        expect(fromHexKey(keys[i].slice(0, size)) === null).toBe(true, size.toString());
      }
      expect(fromHexKey(keys[i] + "00") === null).toBe(true);
      expect(fromHexKey("00" + keys[i]) === null).toBe(true);
    }
  });

  test("is refused with any byte before its numbers changed", () => {
    const keys = [RSA, P256, P384, ED25519];
    const heads = [32, 27, 24, 12];
    for (let i = 0; i < keys.length; ++i) {
      for (let byte = 0; byte < heads[i]; ++byte) {
        for (let bit = 0; bit < 8; ++bit) {
          const at = bytesOf(keys[i]);
          turnBit(at, byte * 8 + bit);
          const key = publicKeyFrom(at, keys[i].length / 2);
          expect(key === null).toBe(true, keys[i].slice(0, 8) + " " + byte.toString() + " " + bit.toString());
        }
      }
    }
  });

  test("is refused in other forms that mean the same", () => {
    const head = "300d06092a864886f70d0101010500";
    const rest = "0282010100" + MODULUS + "0203010001";
    const forms = [
      // A length in more bytes than it needs, an indefinite one, and one that is longer than what is there.
      "3083000122" + head + "0382010f003082010a" + rest,
      "3080" + head + "0382010f003082010a" + rest + "0000",
      "30820123" + head + "0382010f003082010a" + rest,
      "30820123" + "30810d" + head.slice(4) + "0382010f003082010a" + rest,
      "308200" + head + "0382010f003082010a" + rest,
      // Without the NULL, and with bits that do not count.
      "30820120" + "300b06092a864886f70d010101" + "0382010f003082010a" + rest,
      "30820122" + head + "0382010f013082010a" + rest,
      // A modulus that is negative, or has a zero too many; an exponent that is negative, is nothing, or has a zero too many.
      "30820121" + head + "0382010e00308201090282010" + "0" + MODULUS + "0203010001",
      "30820123" + head + "03820110003082010b028201020000" + MODULUS + "0203010001",
      "30820122" + head + "0382010f003082010a0282010100" + MODULUS + "0203810001",
      "3082011f" + head + "0382010c00308201070282010100" + MODULUS + "0200",
      "30820123" + head + "03820110003082010b0282010100" + MODULUS + "020400010001",
      // A length in one byte more than it needs, further in.
      "30820123" + head + "03820110003082010b0282010100" + MODULUS + "028103010001",
      "30820123" + head + "03820110003082010b028300010100" + MODULUS + "0203010001",
      // More behind the numbers, and nothing in their place.
      "30820124" + head + "03820111003082010c0282010100" + MODULUS + "0203010001" + "0500",
      "30820123" + head + "03820110003082010b0282010100" + MODULUS + "020103" + "020105",
      "3011" + head + "0300",
      "3014" + head + "0303003000",
      // RSASSA-PSS as the key's algorithm.
      "30820122300d06092a864886f70d01010a0500" + "0382010f003082010a" + rest,
    ];
    for (let i = 0; i < forms.length; ++i) expect(fromHexKey(forms[i]) === null).toBe(true, i.toString());
  });

  test("is refused with a point that is compressed", () => {
    const x = P256.slice(54, 118);
    expect(fromHexKey("3039301306072a8648ce3d020106082a8648ce3d030107032200" + "03" + x) === null).toBe(true);
    expect(fromHexKey(P256.slice(0, 52) + "06" + P256.slice(54)) === null).toBe(true);
  });
});

/** What a key in DER is when it is written back. */
function written(hex: string): string {
  const to = heap.alloc(hex.length / 2 + SPKI_OVERHEAD);
  return hexOf(to, <i32>writeSpki(readSpki(bytesOf(hex), hex.length / 2)!, to));
}

describe("a public key's numbers", () => {
  test("are written as they were read", () => {
    const small = "3020" + "300d06092a864886f70d0101010500" + "030f00300c0205" + "00ffffffff" + "0203010001";
    const keys = [RSA, P256, P384, ED25519, small];
    for (let i = 0; i < keys.length; ++i) expect(written(keys[i])).toBe(keys[i]);
  });

  test("are written without zeros before them", () => {
    const numbers = bytesOf("0000ff" + "000003");
    const to = heap.alloc(64);
    const size = writeSpki(new KeyParts(KeyKind.Rsa, numbers, 3, numbers + 3, 3), to);
    expect(hexOf(to, <i32>size)).toBe("301b300d06092a864886f70d0101010500030a003007020200ff020103");
  });

  test("are written with lengths of one, two and three bytes", () => {
    const moduli = ["7f".repeat(90), "7f".repeat(120), "7f".repeat(160), "7f".repeat(300)];
    for (let i = 0; i < moduli.length; ++i) {
      const size = moduli[i].length / 2;
      const exponent = bytesOf("03");
      const to = heap.alloc(size + SPKI_OVERHEAD);
      const written = writeSpki(new KeyParts(KeyKind.Rsa, bytesOf(moduli[i]), size, exponent, 1), to);
      const read = readSpki(to, written)!;
      expect(hexOf(read.first, <i32>read.firstSize)).toBe(moduli[i]);
      expect(hexOf(read.second, <i32>read.secondSize)).toBe("03");
    }
  });
});

describe("a public key in PEM", () => {
  test("is read with white space around it and any line ends", () => {
    expect(fromText(PEM)!.kind).toBe(KeyKind.P256);
    expect(fromText(PEM.trim())!.kind).toBe(KeyKind.P256);
    expect(fromText("\r\n  " + PEM.replaceAll("\n", "\r\n") + "\n\n")!.kind).toBe(KeyKind.P256);
    expect(fromText(PEM.replaceAll("\n", ""))!.kind).toBe(KeyKind.P256);
  });

  test("is refused where it is anything else", () => {
    const body = PEM.slice(27, -26);
    const texts = [
      "",
      " ",
      "-----BEGIN PUBLIC KEY-----",
      "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
      PEM.replaceAll("PUBLIC", "PRIVATE"),
      PEM.replaceAll("PUBLIC KEY", "CERTIFICATE"),
      PEM.replaceAll("PUBLIC", "RSA PUBLIC"),
      PEM.replace("END", "BEGIN"),
      "x" + PEM,
      PEM + "x",
      PEM + PEM,
      PEM.slice(0, -3),
      body,
      PEM.replace("==", ""),
      PEM.replace("==", "="),
      PEM.replace("M", "-"),
      PEM.replace("\n", "\0"),
      "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----",
    ];
    for (let i = 0; i < texts.length; ++i) expect(fromText(texts[i]) === null).toBe(true, texts[i]);
  });
});

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

// Keys made for this test, of 2049 and 2048 bits, with signatures of "2049 bits" of which one is right, and
// one opens to an encoding with one more bit at its beginning.
const ODD_MODULUS =
  "015f481756930e34456e08b5c3138ad5beb95a6a28d1e11305a4d39a14353e8a8fe719b89aa36dac9ffd5854eb364811" +
  "6ae1f1b6025f977c96a9a98ddb66ac2e1adbae569c898812f9164ee6e758583dcb16f4496530151ce74e70a35e03d4c2" +
  "734cc4dbdd2a823546488310555c296dd54aa837fce4488f07733f1a8403f76738e6dfdbc7d89d4e96e3c33486aab29a" +
  "5f4b4e2779ee9f087906424c0371ad384dabc5139a629546948db0caab9e41c0da442b063a9ce1a86461b095266ba90e" +
  "df5322ec5455dd55e11963f56012b6cba2595e687355c03b0b5c11c876426b7d2ff40d90fa23297e7fda63ca7029053a" +
  "ef0c680914c59b1d743d89de5f852157c9";
const ODD_SIGNATURE =
  "0098b414cdd93d17a1f1a6f0a68ddbfbd8d9abc719d2fbe12bd1bffccbce33369127820bfad415495ddfb0201be56928" +
  "f5e6bd457749762d1d695103d9fc88554ff19376f59b4b2f3be1f611b98d118290f8fe71d4bb678de46693cb5bcfe4a7" +
  "9663d3a74a17cf408b78c3f38fc2be69dc5ca42d65478cea9144ceec6fc59c2b98b93dcf373ef5c3bb6022a801caf3d2" +
  "f93540fb9fd70970dcd76386e82bd7300578c6ad5843415b540981d33fcdbefaab5303118b10db150f80434632e940bf" +
  "4d7ccfdf837bb333a0ec0f07cb5dbf99d39c6c4626d44de93a736f82d3ddb3d580e06f5379448a5ca6edd1956de35ede" +
  "4f5a67966256347f907c381da65d8c666e";
const ODD_WRONG =
  "011f957739ef332d10e9551928815b7d1407b77e02b9e48ad6374c84692a3663160006b362dd774d3eeb3366fc5c3a9b" +
  "bfec747563c93ae1b0933cf61a7b728608a9e8b32c0224dfc2ddf37a4d31eebea3a2d9b3825d9fb43d4e92f0b63e1c61" +
  "2242e9b8ada4392a35174203f9627c4166b478b796eb2b3a167a18d4f051042b63a6580c22914dcacc93ee91cb7868b6" +
  "98431cbaa9a48e675579e00c9f4ca3d3a06dc0b8480cab8acb8addeb5e6cfcad35c7feead77ce65364edc12a29715f9b" +
  "74d6850f58769fd06b407e2dace6d811818e7f05b44ee7007a7cc7ef4207e170a2782126818b99166c4392687355880f" +
  "6d7ac2db091347ebaa543e182da4f3a7c7";
const ODD_SUM =
  "01f7fc2c246c4b4be75fafa669a166d19793063142a4dcf431769396e00371c1210e9bc4957782f5fddd0875071bb13a" +
  "60c8aefb79a90da9b412fa91b56334836acd41cd9224d34234f844f8a0e569c05c0ff2bb39eb7caacbb5046eb9d3b96a" +
  "09b0988327425175d1c14703e51ee7d7b1a74c65622bd57998b80e06f3c99392d1a01daaff1793125243e5dc8875a66d" +
  "58808f2319c5a87955dda5d2eb9d846853248bc0f2a5d6a1e897329deb6c00bb85972e17c5adbcbd73e1f3db5954e9ce" +
  "2ccff2cbd7d19089820572fd2b70766575f5caae9a2a0e2445cf814b4a201f52b0d47ce47367b3db26c8355fde0c6419" +
  "3e66cf9f771bcf9d04b9c1fc05e2adbe37";
const EVEN_MODULUS =
  "c3976f1777d475bcbe10f7b21665499f992c48f64ed2d2120fb71f4e23593ab61440eca2fb1ea40a3507a8e924b77fe6" +
  "cdaf94373863b1c9e0c0be0dc71a1e0908e260f2f20cab06121fb69b1cb9351c5aac958d9d38d18753b493ae3b1d65e1" +
  "f1bdcc21225e6c2b5760ea00b8334c3e76e41d9d51b3d2e2a316619d853f73fc5a7504bf2017f3478616ccbbc15f28ec" +
  "f56c3ac4cf9a03a8c68f283c41d286beeac0bf09bfba422a8908af95d34c41c15c5dcfa480eb3090d3383db2ef840e75" +
  "58f15f91beef262f168a0dc8fae79e11d07ff91ee448160a47a9abb71e5b873f788053c44fd85d1862e4e3519f54948b" +
  "088e7c989a970b8a807ba0baa5c00ee9";
const EVEN_SIGNATURE =
  "420f21bf96d68ec0b21a120535f4c7e69c7ffdfe47985c5b0061ade86c42e13ac8e52013ca5dfc217312e22585bc6221" +
  "ed471388e0ebd2ed5f27c361b73d4db8a3bc5b71e9ce1a8c91549abc185caab13383f943835a83781b62dd43ca0ac38f" +
  "b77853cb9cbc1961c43888e26199568e93737c1c9f2ffdc66b220307427d328da316806031244b86ab2f092f610bea84" +
  "2452c5b28daf6968316ce45e293022dd7038e1bdbf1cc15df23306ce9147f9ffeed5ad3df97a9e297cb2e611bc32a16f" +
  "6152130b9e666ac40d76e2b791325fe87f66ba8bc88c503f07a24ad69667b58799cb2cf85c55908f6bd60f0431d2008e" +
  "c329ede5458fdc70d28f2be42ac1e909";
const EVEN_WRONG =
  "534d1e248ff311467385990e89553a85525488d7e0a9c0214c9e7fdf71d55cfcbd564974b05e1a24731746f0d1c0dff0" +
  "2bd10646e5a9be5fae9029de8ff4f5304f1b3ba341d81de36a84f148bac7cf1a45549cc22c57ac52124b884944de6351" +
  "03976f4fec3f7f72e5dc7439f51aea3ba45333e0376a2429c1ffa8aa6eaaf70052ac5aebc69139cfbc9a0bccad00e407" +
  "3b61ddf63ee082644e84d3b950c2896fad0752d57d09ab8b93a5af5ddd620b3ebacd4163b929ea495533877f209b7651" +
  "27c8697d389842f60e20a12767da4f2c0673141260c24ba5a058ba4770f55a777c8d5600272f08987944b65d4e5a22e7" +
  "05d74ff10bfb96b5c5117fbc4de5359e";

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

describe("an encoding for PSS", () => {
  test("is one bit shorter than the modulus, and by that perhaps one byte", () => {
    const text = digestOf(Sha2.Sha256, "2049 bits");
    const odd = key(ODD_MODULUS)!;
    expect(verifyPss(odd, Sha2.Sha256, text, bytesOf(ODD_SIGNATURE), 257)).toBe(true);
    expect(verifyPss(odd, Sha2.Sha256, text, bytesOf(ODD_WRONG), 257)).toBe(false);
    // The signature and the modulus added up open to the same.
    expect(verifyPss(odd, Sha2.Sha256, text, bytesOf(ODD_SUM), 257)).toBe(false);
    const even = key(EVEN_MODULUS)!;
    expect(verifyPss(even, Sha2.Sha256, text, bytesOf(EVEN_SIGNATURE), 256)).toBe(true);
    expect(verifyPss(even, Sha2.Sha256, text, bytesOf(EVEN_WRONG), 256)).toBe(false);
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

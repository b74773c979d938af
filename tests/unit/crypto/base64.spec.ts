import {
  BASE64_SLACK,
  decodeBase64,
  decodeBase64Leniently,
  decodeBase64Url,
} from "meshscript/assembly/crypto/base64";
import { bytesAt, encoded, placed } from "../abi/bytes-of";

type Decode = (from: usize, size: usize, to: usize) => i32;

/** What a text stands for, null where it is refused. */
function decoded(text: string, decode: Decode): u8[] | null {
  const bytes = encoded(text);
  const to = heap.alloc(bytes.length + BASE64_SLACK);
  const size = decode(placed(bytes), bytes.length, to);
  return size < 0 ? null : bytesAt(to, to + size);
}

function refused(texts: string[], decode: Decode): void {
  for (let i = 0; i < texts.length; ++i) expect(decoded(texts[i], decode) == null).toBe(true, texts[i]);
}

// RFC 4648, section 10.
const PLAIN = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
const PADDED = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];

/** All characters of an alphabet in the order of their values: 48 bytes. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function everyValue(): u8[] {
  const bytes: u8[] = [];
  for (let value = 0; value < 64; value += 4) {
    const bits = (value << 18) | ((value + 1) << 12) | ((value + 2) << 6) | (value + 3);
    bytes.push(<u8>(bits >> 16));
    bytes.push(<u8>(bits >> 8));
    bytes.push(<u8>bits);
  }
  return bytes;
}

describe("base64", () => {
  test("of the examples of RFC 4648", () => {
    for (let i = 0; i < PLAIN.length; ++i) {
      expect(decoded(PADDED[i], decodeBase64)).toStrictEqual(encoded(PLAIN[i]), PADDED[i]);
    }
  });

  test("knows the whole alphabet", () => {
    expect(decoded(LETTERS + "+/", decodeBase64)).toStrictEqual(everyValue());
  });

  test("refuses wrong padding, other characters and bits that mean nothing", () => {
    refused(
      ["Zg", "Zg=", "Zm8", "Z===", "====", "=", "==", "Zg==Zg==", "Zm9v=", "Zm9v====", "Zm=v"],
      decodeBase64,
    );
    refused(["Zm9 v", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v", "Zm9v\0\0\0\0", "Zmäv", "Zm.v"], decodeBase64);
    refused(["Zh==", "Zm9=", "Zi==", "Zo==", "Zx==", "Zm8+=", "Zm+="], decodeBase64);
  });

  test("refuses each byte that is no letter, wherever it stands", () => {
    const to = heap.alloc(64);
    for (let byte = 0; byte < 256; ++byte) {
      const letter = (LETTERS + "+/").includes(String.fromCharCode(byte));
      for (let at = 0; at < 20; at += 3) {
        const text = placed(encoded("AAAAAAAAAAAAAAAAAAAA"));
        store<u8>(text + at, <u8>byte);
        expect(decodeBase64(text, 20, to) == 15).toBe(letter, byte.toString());
      }
    }
  });
});

describe("base64url", () => {
  test("of the examples of RFC 4648, without padding", () => {
    for (let i = 0; i < PLAIN.length; ++i) {
      const text = PADDED[i].replaceAll("=", "");
      expect(decoded(text, decodeBase64Url)).toStrictEqual(encoded(PLAIN[i]), text);
    }
  });

  test("of the examples of RFC 7515", () => {
    expect(decoded("A-z_4ME", decodeBase64Url)).toStrictEqual([3, 236, 255, 224, 193]);
    expect(decoded("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", decodeBase64Url)).toStrictEqual(
      encoded('{"typ":"JWT",\r\n "alg":"HS256"}'),
    );
  });

  test("knows the whole alphabet", () => {
    expect(decoded(LETTERS + "-_", decodeBase64Url)).toStrictEqual(everyValue());
  });

  test("refuses padding, the other alphabet, other characters and bits that mean nothing", () => {
    refused(
      ["Zg==", "Zm8=", "Z", "Zm9vY", "Zm+v", "Zm/v", "Zm9v=", "Zm9 v", "Zm9v\n", "Zm\0v"],
      decodeBase64Url,
    );
    refused(["Zh", "Zm9", "Zi", "Zo", "Zx", "Zm-"], decodeBase64Url);
  });

  test("refuses each byte that is no letter, wherever it stands", () => {
    const to = heap.alloc(64);
    for (let byte = 0; byte < 256; ++byte) {
      const letter = (LETTERS + "-_").includes(String.fromCharCode(byte));
      for (let at = 0; at < 20; at += 3) {
        const text = placed(encoded("AAAAAAAAAAAAAAAAAAAA"));
        store<u8>(text + at, <u8>byte);
        expect(decodeBase64Url(text, 20, to) == 15).toBe(letter, byte.toString());
      }
    }
  });

  test("may replace its text", () => {
    const at = placed(encoded("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9____________"));
    const size = decodeBase64Url(at, 52, at);
    expect(bytesAt(at, at + size)).toStrictEqual(
      encoded('{"typ":"JWT",\r\n "alg":"HS256"}').concat([255, 255, 255, 255, 255, 255, 255, 255, 255]),
    );
  });
});

describe("base64 as people write it", () => {
  test("is read with white space, either alphabet, and padding or none", () => {
    const texts = ["+/-_Zg==", " + / - _\r\n\tZ g = = ", "+/-_Zg", "-_-_Zg\f", "+/+/Zh", "+/+/Zh\v=="];
    for (let i = 0; i < texts.length; ++i) {
      expect(decoded(texts[i], decodeBase64Leniently)).toStrictEqual([251, 255, 191, 0x66], texts[i]);
    }
  });

  test("is refused where it is something else", () => {
    refused(["Z", "Zg=", "Zg===", "Zm9v=", "Z=g=", "Zm9v Y", "Zm9v!", "Zm9v\0"], decodeBase64Leniently);
  });
});

import { Bytes } from "../abi/bytes";
import { hexDigit } from "../abi/digits";
import { sizeOf, utf8 } from "../abi/wire";
import { BASE64_SLACK, decodeBase64 } from "../crypto/base64";
import { equalInConstantTime } from "../crypto/equal";
import { Sha256, Sha384, Sha512 } from "../crypto/hash/algorithms";
import { HmacKey } from "../crypto/hmac";
import { signingSecret } from "./signing-secret";

/** Characters of the longest code in base64. */
const CODED_MAX: u32 = 88;

const WRITTEN = memory.data(88 + BASE64_SLACK, 16);
const CODE = memory.data(64, 16);

/** A secret key of HMAC with SHA-256, SHA-384 or SHA-512. It is kept in the form that the algorithms need, which does not show it. */
export class MacKey {
  private readonly sha256: HmacKey<Sha256>;
  private readonly sha384: HmacKey<Sha384>;
  private readonly sha512: HmacKey<Sha512>;

  constructor(key: usize, size: usize) {
    this.sha256 = new HmacKey<Sha256>(key, size);
    this.sha384 = new HmacKey<Sha384>(key, size);
    this.sha512 = new HmacKey<Sha512>(key, size);
  }

  /**
   * Whether a code is that of a message, by the hash with so many bits. It is written in base64, or in hexadecimal digits. The
   * time it takes does not depend on the code.
   */
  verifies(bits: u32, message: Bytes, coded: Bytes, isHex: bool): bool {
    const at = coded.pointer;
    const size = <u32>coded.length;
    if (isHex ? size << 2 != bits || !fromHexBytes(at, size, WRITTEN) : !isBase64Of(bits, at, size))
      return false;
    if (bits == 256) this.sha256.code(message.pointer, message.length, CODE);
    else if (bits == 384) this.sha384.code(message.pointer, message.length, CODE);
    else this.sha512.code(message.pointer, message.length, CODE);
    return equalInConstantTime(CODE, WRITTEN, bits >> 3);
  }
}

/** Reads a key of the configuration as `signingSecret` does. Required. */
export function macKey(key: string): MacKey {
  const text = signingSecret(utf8(key));
  const at = utf8(text);
  const read = new MacKey(at, sizeOf(at));
  memory.fill(at, 0, sizeOf(at));
  return read;
}

/** Decodes base64; false where it is not that of so many bits. */
function isBase64Of(bits: u32, at: usize, size: u32): bool {
  return size <= CODED_MAX && decodeBase64(at, size, WRITTEN) << 3 == bits;
}

function fromHexBytes(at: usize, size: u32, to: usize): bool {
  let wrong = 0;
  for (const end = at + size; at < end; at += 2, ++to) {
    const byte = (hexDigit(load<u8>(at)) << 4) | hexDigit(load<u8>(at, 1));
    wrong |= byte;
    store<u8>(to, <u8>byte);
  }
  return wrong >= 0;
}

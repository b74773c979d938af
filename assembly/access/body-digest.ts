import { Bytes } from "../abi/bytes";
import { equalInConstantTime } from "../crypto/equal";
import { BASE64_SLACK, decodeBase64 } from "../crypto/base64";
import { Sha256, Sha512 } from "../crypto/hash/algorithms";
import { digestOf } from "../crypto/hash/sha2";
import { TextCursor } from "./text-cursor";

/** Characters of the longest digest in base64. */
const CODED_MAX = 88;

const WRITTEN = memory.data(CODED_MAX + BASE64_SLACK, 16);
const DIGEST = memory.data(64, 16);

/**
 * Whether a body is the one that a `content-digest` field (RFC 9530) is about: it has a digest by SHA-256 or SHA-512, and
 * all it has of these are the body's. Digests by other algorithms do not count.
 */
export function isDigestOf(field: Bytes, body: Bytes): bool {
  const cursor = TextCursor.over(field);
  let known = 0;
  do {
    const name = cursor.name();
    const coded = cursor.take(0x3d) && cursor.take(0x3a) ? cursor.upTo(0x3a) : null;
    if (coded === null) return false;
    const bits = name.equals("sha-256") ? 256 : name.equals("sha-512") ? 512 : 0;
    if (bits == 0) continue;
    if (!isCoded(coded, body, bits)) return false;
    ++known;
  } while (cursor.comma());
  return known > 0 && cursor.isOver;
}

function isCoded(coded: Bytes, body: Bytes, bits: i32): bool {
  if (coded.length > CODED_MAX) return false;
  const size = decodeBase64(coded.pointer, coded.length, WRITTEN);
  if (size << 3 != bits) return false;
  if (bits == 256) digestOf<Sha256>(body.pointer, body.length, DIGEST);
  else digestOf<Sha512>(body.pointer, body.length, DIGEST);
  return equalInConstantTime(WRITTEN, DIGEST, size);
}

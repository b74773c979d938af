import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { sequenceAt } from "../abi/text";
import { BASE64_SLACK, decodeBase64 } from "../crypto/base64";

/** What a client shows with the scheme Basic (RFC 7617), valid until the callback returns. */
@unmanaged
export class BasicCredentials {
  user: Bytes;
  password: Bytes;

  /**
   * Reads them from the value of a header. null: there is none, or it has another scheme, is not base64 in its one strict form, or holds no
   * colon, no user, control characters, or what is not UTF-8. The password may be empty, and may hold colons.
   */
  static read(value: Bytes | null): BasicCredentials | null {
    if (value === null) return null;
    const from = behindScheme(value);
    const size = value.length - from;
    if (from == 0 || size == 0) return null;
    const text = take(size + BASE64_SLACK);
    const length = decodeBase64(value.pointer + from, size, text);
    if (length < 0 || !isClean(text, text + length)) return null;
    const whole = Bytes.view(text, length);
    const colon = whole.indexOf(0x3a);
    if (colon <= 0) return null;
    const read = changetype<BasicCredentials>(take(offsetof<BasicCredentials>()));
    read.user = whole.slice(0, colon);
    read.password = whole.slice(colon + 1);
    return read;
  }
}

/** Where the credentials begin behind `Basic`, in any case, and its blanks; 0 where there is no such scheme. */
function behindScheme(value: Bytes): i32 {
  if (value.length < 6 || (load<u32>(value.pointer) | 0x20202020) != 0x69736162) return 0;
  if ((value.at(4) | 0x20) != 0x63 || value.at(5) != 0x20) return 0;
  let from = 6;
  while (from < value.length && value.at(from) == 0x20) ++from;
  return from;
}

/** Whether it is UTF-8 without control characters. */
function isClean(at: usize, end: usize): bool {
  while (at < end) {
    const byte = load<u8>(at);
    const size = sequenceAt(at, end);
    if (byte < 0x20 || byte == 0x7f || size == 0) return false;
    at += size;
  }
  return true;
}

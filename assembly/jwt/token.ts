import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { Json, containerIn } from "../config/json";
import { BASE64_SLACK, decodeBase64Url } from "../crypto/base64";
import { Claims, claimsOf } from "./claims";
import { TokenFault } from "./fault";
import { JoseHeader, readHeader, rememberHeader } from "./header";
import { KeySet } from "./key-set";

/** Longest token that is read unless told otherwise. */
export const TOKEN_SIZE_MAX: i32 = 16_384;

/**
 * A JSON Web Token in its compact form (RFC 7515, section 7.1), in the arena: valid until the callback returns. Nothing in it
 * is to be believed before `verify` has said `TokenFault.None`.
 */
@unmanaged
export class Token {
  private text: usize;
  private size: usize;
  /** Size of the header and of all that is signed. */
  private headerSize: usize;
  private signedSize: usize;
  private signature: usize;
  private signatureSize: usize;
  private jose: JoseHeader;
  private read: Claims;

  /** What is wrong with it so far. */
  fault: TokenFault;

  /** Takes a token apart: its `fault` is `None` where it may be verified. Never fails otherwise. */
  static read(bytes: Bytes, sizeMax: i32 = TOKEN_SIZE_MAX): Token {
    const token = changetype<Token>(take(offsetof<Token>()));
    token.text = bytes.pointer;
    token.size = bytes.length;
    token.signedSize = 0;
    token.jose = changetype<JoseHeader>(0);
    token.read = changetype<Claims>(0);
    token.fault = bytes.length == 0 || bytes.length > sizeMax ? TokenFault.Size : token.takeApart();
    return token;
  }

  /** The algorithm that the header names, a `JwsAlgorithm`; -1 where it names none that is offered. */
  get algorithm(): i32 {
    return this.hasHeader ? this.jose.algorithm : -1;
  }

  /** The name of its key, null where it has none. */
  get kid(): Bytes | null {
    return this.hasHeader && this.jose.hasKid ? Bytes.view(this.jose.kid, this.jose.kidSize) : null;
  }

  /** The header; null where it is none. */
  get header(): Json | null {
    return this.hasHeader ? changetype<Json | null>(this.jose.json) : null;
  }

  /** The payload as the token has it, in base64url. */
  get encodedPayload(): Bytes {
    const at = this.text + this.headerSize + 1;
    return Bytes.view(at, this.signedSize - this.headerSize - 1);
  }

  /**
   * Whether one of the keys has signed it: the one that its `kid` names, or those that have no name; without `kid` any that
   * serves its algorithm. The key says what algorithms it serves, never the token. `Key`: the set has none that may be asked.
   */
  verify(keys: KeySet): TokenFault {
    if (this.fault != TokenFault.None) return this.fault;
    const jose = this.jose;
    this.fault = keys.judge(jose, this.text, this.signedSize, this.signature, this.signatureSize);
    if (this.fault == TokenFault.None) rememberHeader(jose, this.text, this.headerSize);
    return this.fault;
  }

  /** The payload's claims; null, with `fault` set to `Payload`, where it is no JSON object or what it says is not clear. */
  get claims(): Claims | null {
    if (changetype<usize>(this.read) == 0 && this.signedSize > 0) this.readPayload();
    return changetype<Claims | null>(changetype<usize>(this.read));
  }

  private get hasHeader(): bool {
    return changetype<usize>(this.jose) != 0;
  }

  private takeApart(): TokenFault {
    const end = this.text + this.size;
    const first = dotIn(this.text, end);
    const second = first < end ? dotIn(first + 1, end) : end;
    if (second >= end || first == this.text || second == first + 1) return TokenFault.Form;
    const size = end - second - 1;
    this.signature = take(size + BASE64_SLACK);
    const decoded = decodeBase64Url(second + 1, size, this.signature);
    // A dot too many is no letter of the alphabet.
    if (decoded <= 0) return TokenFault.Form;
    this.signatureSize = decoded;
    this.headerSize = first - this.text;
    this.signedSize = second - this.text;
    this.jose = readHeader(this.text, this.headerSize);
    return this.jose.fault;
  }

  private readPayload(): void {
    const payload = this.encodedPayload;
    const room = take(<usize>payload.length + BASE64_SLACK);
    const size = decodeBase64Url(payload.pointer, payload.length, room);
    const object = size > 0 ? containerIn(room, size) : 0;
    const isObject = object != 0 && load<u8>(object) == 0x7b;
    if (isObject) this.read = claimsOf(object, room, size);
    if (changetype<usize>(this.read) == 0 && this.fault == TokenFault.None) this.fault = TokenFault.Payload;
  }
}

/** Address of the first dot, `end` where there is none. */
function dotIn(at: usize, end: usize): usize {
  for (; at + 16 <= end; at += 16) {
    const dots = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x2e)));
    if (dots != 0) return at + ctz(dots);
  }
  while (at < end && load<u8>(at) != 0x2e) ++at;
  return at;
}

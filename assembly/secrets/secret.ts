import { sizeOf, utf8 } from "../abi/wire";
import { describe } from "../config/describe";
import { optionalText } from "../config/reader";
import { enter, leave, lookUp, missing, mistyped, problem } from "../config/scope";
import { textAt } from "../config/values";
import { fromHex } from "../crypto/hex";
import { SHA256_SIZE, sha256 } from "../crypto/sha256";
import { get as environment } from "../host/environment";

/** One secret of the configuration. Only its SHA-256 digest is kept. */
export class Secret {
  private digest: StaticArray<u8> = new StaticArray<u8>(SHA256_SIZE);

  /** Address of the digest, 32 bytes. For the library's own use. */
  get address(): usize {
    return changetype<usize>(this.digest);
  }
}

/**
 * Reads a secret: a text is the secret itself, `{sha256: …}` its digest in hexadecimal digits, `{env: NAME}` the name of
 * an environment variable that the VM's configuration shows and that holds it. The tools also take `{file: …}`, which
 * they turn into a digest before the proxy sees it.
 */
export function secret(key: usize): Secret {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "secret", true, null);
  const value = lookUp(key);
  if (value == 0) missing(key);
  return value == 0 ? new Secret() : secretAt(key, -1, value);
}

/** Reads the secret at `value`, which stands under a key or, with its place, in a list there. */
export function secretAt(key: usize, index: i32, value: usize): Secret {
  const read = new Secret();
  const first = load<u8>(value);
  if (first == 0x22) keep(key, index, textAt(value), read.address);
  else if (first == 0x7b) readReference(key, index, value, read.address);
  else mistyped(key, index, utf8("text or object"), value);
  return read;
}

function readReference(key: usize, index: i32, value: usize, to: usize): void {
  enter(key, index, value);
  const sha = optionalText(utf8("sha256"));
  const name = optionalText(utf8("env"));
  leave();
  if ((sha === null) == (name === null)) return problem(key, index, utf8("expected either sha256 or env"));
  if (sha !== null && !fromHex(sha, to, SHA256_SIZE))
    problem(key, index, utf8("sha256: expected 64 hexadecimal digits"));
  if (name === null) return;
  const held = environment(name);
  if (held === null) problem(key, index, utf8("env: no such environment variable"));
  else keep(key, index, held, to);
}

function keep(key: usize, index: i32, text: string, to: usize): void {
  if (text.length == 0) problem(key, index, utf8("must not be empty"));
  const at = utf8(text);
  sha256(at, sizeOf(at), to);
}

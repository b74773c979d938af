// What the tests of how long comparisons take call from Node.
import { Sha256, Sha384, Sha512 } from "meshscript/assembly/crypto/hash/algorithms";
import { HmacKey } from "meshscript/assembly/crypto/hmac";
import { sha256 } from "meshscript/assembly/crypto/sha256";
import { Secret } from "meshscript/assembly/secrets/secret";
import { Secrets } from "meshscript/assembly/secrets/secrets";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { begin } from "meshscript/assembly/abi/arena";

export { room } from "./module";

const secrets = new Secrets();
let hs256: HmacKey<Sha256> | null = null;
let hs384: HmacKey<Sha384> | null = null;
let hs512: HmacKey<Sha512> | null = null;

export function addSecret(text: usize, size: usize): bool {
  const secret = new Secret();
  sha256(text, size, secret.address);
  return secrets.add(secret);
}

export function matches(text: usize, size: usize): bool {
  begin();
  return secrets.matchBytes(Bytes.view(text, size));
}

export function useHmacKey(key: usize, size: usize): bool {
  hs256 = new HmacKey<Sha256>(key, size);
  hs384 = new HmacKey<Sha384>(key, size);
  hs512 = new HmacKey<Sha512>(key, size);
  return true;
}

export function hs256Verifies(text: usize, textSize: usize, code: usize, size: usize): bool {
  return hs256!.verifies(text, textSize, code, size);
}

export function hs384Verifies(text: usize, textSize: usize, code: usize, size: usize): bool {
  return hs384!.verifies(text, textSize, code, size);
}

export function hs512Verifies(text: usize, textSize: usize, code: usize, size: usize): bool {
  return hs512!.verifies(text, textSize, code, size);
}

/** What a comparison must not be: it ends where the first difference is. Measurements have to find it. */
export function leaks(text: usize, size: usize, code: usize, codeSize: usize): bool {
  for (let i: usize = 0; i < size; ++i) if (load<u8>(text + i) != load<u8>(code + i)) return false;
  return size == codeSize;
}

// A filter that judges signatures by the library's own cryptography and by the host's, and again as keys of tokens do either
// way. A request's body holds them one after another, each a head of ten numbers of 16 bits and then, as long as those say,
// the parts. Of each, a hexadecimal digit is answered: 1 for our own yes, 2 for the host's, 4 and 8 for those as a key.
import {
  Action,
  Bytes,
  Exchange,
  HostCrypto,
  HttpFilter,
  JwsAlgorithm,
  VerificationKey,
  register,
  useHostCrypto,
  verifySignature,
} from "meshscript/assembly";
import { toDer } from "meshscript/assembly/crypto/ec/signature-form";
import { ecdsa, ecdsaDer, pkcs1, useEc, useRsa } from "./module";

const HEAD: usize = 20;
const DER_MAX = 120;

/** What stands at an address. */
@unmanaged
class Judged {
  /** 0 where the key is one of RSA. */
  curve: u16;
  hash: u16;
  /** Whether the signature is r and s next to each other, not DER. */
  isRaw: u16;
  /** Sizes. */
  first: u16;
  second: u16;
  key: u16;
  signature: u16;
  reserved: u16;
  text: u32;

  /** Modulus and exponent, or a point. */
  get firstAt(): usize {
    return changetype<usize>(this) + HEAD;
  }

  get keyAt(): usize {
    return this.firstAt + this.first + this.second;
  }

  get signatureAt(): usize {
    return this.keyAt + this.key;
  }

  get textAt(): usize {
    return this.signatureAt + this.signature;
  }

  get end(): usize {
    return this.textAt + this.text;
  }
}

class Verdicts extends HttpFilter {
  override onRequest(x: Exchange): Action {
    return x.wholeRequest();
  }

  override onWholeRequest(x: Exchange, body: Bytes): Action {
    const end = body.pointer + body.length;
    let verdicts = "";
    for (let at = body.pointer; at < end; at = changetype<Judged>(at).end) {
      const one = changetype<Judged>(at);
      const ours = own(one);
      const theirs = hosts(one);
      const algorithm = algorithmOf(one);
      const first = algorithm < 0 ? ours : asKey(one, algorithm, HostCrypto.Never);
      const second = algorithm < 0 ? theirs : asKey(one, algorithm, HostCrypto.RsaAndEcdsa);
      verdicts += (<i32>ours + 2 * <i32>theirs + 4 * <i32>first + 8 * <i32>second).toString(16);
    }
    return x.reply(200, verdicts);
  }
}

function own(one: Judged): bool {
  const text = one.textAt;
  const signature = one.signatureAt;
  if (one.curve == 0) {
    if (!useRsa(one.firstAt, one.first, one.firstAt + one.first, one.second)) return false;
    return pkcs1(one.hash, text, one.text, signature, one.signature);
  }
  if (!useEc(one.curve, one.firstAt, one.first, false)) return false;
  if (one.isRaw) return ecdsa(one.curve, one.hash, text, one.text, signature, one.signature);
  return ecdsaDer(one.curve, one.hash, text, one.text, signature, one.signature);
}

/** The algorithm of tokens whose signatures these are; -1: there is none. */
function algorithmOf(one: Judged): i32 {
  if (one.curve == 0)
    return one.hash == 256 ? JwsAlgorithm.RS256 : one.hash == 384 ? JwsAlgorithm.RS384 : JwsAlgorithm.RS512;
  if (one.isRaw == 0 || one.curve != one.hash) return -1;
  return one.curve == 256 ? JwsAlgorithm.ES256 : JwsAlgorithm.ES384;
}

function asKey(one: Judged, algorithm: JwsAlgorithm, mode: HostCrypto): bool {
  useHostCrypto(mode);
  const key = VerificationKey.ofPem(Bytes.view(one.keyAt, one.key).toString());
  return key !== null && key.verifies(algorithm, one.textAt, one.text, one.signatureAt, one.signature);
}

function hosts(one: Judged): bool {
  const signature = inDer(one);
  if (signature === null) return false;
  const key = Bytes.view(one.keyAt, one.key);
  return verifySignature("sha" + one.hash.toString(), key, signature, Bytes.view(one.textAt, one.text));
}

/** The signature as hosts want it; null where it has no such form. */
function inDer(one: Judged): Bytes | null {
  if (one.isRaw == 0) return Bytes.view(one.signatureAt, one.signature);
  if (one.signature != one.curve / 4) return null;
  const der = new Uint8Array(DER_MAX);
  const size = toDer(one.signatureAt, one.curve / 8, der.dataStart);
  return Bytes.of(der.subarray(0, <i32>size));
}

register<Verdicts>();

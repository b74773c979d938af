import { Urgency, put, write } from "../abi/line";
import { utf8 } from "../abi/wire";
import { DER_SIGNATURE_MAX, toDer } from "../crypto/ec/signature-form";
import { HostSays, askAboutSignature } from "../host/signatures";
import { JwsAlgorithm } from "./algorithms";

// Signatures by the host's cryptography. It is the faster one for RSA on Envoy; for curves our own tables are. Whatever it
// cannot tell, our own code can: both give the same verdict.

export { HostSays };

/** What the host is asked about. */
export enum HostCrypto {
  Never,
  /** PKCS#1 v1.5: RS256, RS384, RS512. */
  Rsa,
  /** ES256 and ES384 as well. */
  RsaAndEcdsa,
}

let mode: HostCrypto = HostCrypto.Rsa;
/** Whether the host was found to lack the function: it is not asked twice. */
let lacks: bool = false;

const DER = memory.data(DER_SIGNATURE_MAX);

/** Settles, for the whole VM, what signatures the host is asked about; it is asked anew whether it can. */
export function useHostCrypto(wanted: HostCrypto): void {
  mode = wanted;
  lacks = false;
}

/** Whether the host is to be asked about signatures by an algorithm. */
export function hostTakes(algorithm: JwsAlgorithm): bool {
  if (lacks || mode == HostCrypto.Never) return false;
  if (algorithm <= JwsAlgorithm.RS512) return true;
  return (
    mode == HostCrypto.RsaAndEcdsa && (algorithm == JwsAlgorithm.ES256 || algorithm == JwsAlgorithm.ES384)
  );
}

/** What the host says of a signature, in the form of RFC 7515, by a key in DER. */
export function ask(
  algorithm: JwsAlgorithm,
  key: StaticArray<u8>,
  text: usize,
  textSize: usize,
  signature: usize,
  size: usize,
): HostSays {
  const isEcdsa = algorithm > JwsAlgorithm.RS512;
  if (isEcdsa) {
    const bytes: usize = algorithm == JwsAlgorithm.ES256 ? 32 : 48;
    if (size != bytes * 2) return HostSays.No;
    size = toDer(signature, bytes, DER);
    signature = DER;
  }
  const hash = hashOf(algorithm);
  const says = askAboutSignature(hash, changetype<usize>(key), key.length, text, textSize, signature, size);
  if (says == HostSays.Nothing) giveUp();
  return says;
}

function hashOf(algorithm: JwsAlgorithm): usize {
  if (algorithm == JwsAlgorithm.RS256 || algorithm == JwsAlgorithm.ES256) return utf8("sha256");
  return algorithm == JwsAlgorithm.RS512 ? utf8("sha512") : utf8("sha384");
}

function giveUp(): void {
  lacks = true;
  put(utf8("the host verifies no signatures: the module does it itself"));
  write(Urgency.Warn);
}

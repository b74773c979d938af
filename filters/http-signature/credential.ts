import {
  Bytes,
  Jwks,
  SignatureKey,
  VerificationKey,
  config,
  isHeaderValue,
  signatureSecret,
} from "meshscript/assembly";

/** A key under the name that requests say. */
export class NamedKey {
  constructor(
    readonly id: string,
    readonly key: SignatureKey,
  ) {}
}

export class Credential {
  /** Name of the consumer that holds these keys. */
  client: string = config.text("client");
  /** Name of the key, which a request says as `keyid`; keys of a set have names of their own. */
  key_id: string = config.text("key_id", "");
  /** A public key in PEM. */
  public_key: string = config.text("public_key", "");
  /** A set of public keys (JWKS, RFC 7517), as a text: the name of each is its `kid`. */
  jwks: string = config.text("jwks", "");
  /** A secret key, at least 32 characters: as text or `{env: NAME}`. A digest or a file cannot stand for it. */
  secret: SignatureKey | null = signatureSecret("secret");
  /** The key's algorithm, as `rsa-pss-sha512`. An RSA key must say it, all others have only one. */
  algorithm: string = config.text("algorithm", "");

  readonly keys: NamedKey[] = [];

  constructor() {
    if (this.client == "" || !isHeaderValue(this.client))
      config.problem("client", "must be a text that a header can hold");
    const given = <i32>(this.public_key != "") + <i32>(this.jwks != "") + <i32>config.has("secret");
    if (given != 1) config.problem("", "expected exactly one of public_key, jwks, secret");
    else if (this.jwks != "") this.takeSet();
    else this.takeOne();
  }

  /** The key that a request names; null where it is none of these. */
  keyNamed(id: Bytes): SignatureKey | null {
    for (let i = 0; i < this.keys.length; ++i) if (id.equals(this.keys[i].id)) return this.keys[i].key;
    return null;
  }

  private takeOne(): void {
    if (this.key_id == "" || !isName(this.key_id))
      config.problem("key_id", "must be a text in ASCII, without quotes and backslashes");
    const secret = this.secret;
    if (secret !== null) this.keys.push(new NamedKey(this.key_id, secret));
    if (this.public_key == "") return;
    const key = VerificationKey.ofPem(this.public_key);
    if (key === null) config.problem("public_key", "is no public key in PEM, or one that is too weak");
    else this.take(this.key_id, key, "public_key");
  }

  private takeSet(): void {
    const set = Jwks.parse(this.jwks, true);
    if (set === null) return config.problem("jwks", "is no set of keys");
    for (let i = 0; i < set.refusals.length; ++i) config.problem("jwks", set.refusals[i]);
    for (let i = 0; i < set.keys.length; ++i) {
      const id = set.keys[i].id;
      if (id === null || !isName(id))
        config.problem("jwks", "a key has no kid, or none that a request can say");
      else this.take(id, set.keys[i], "jwks");
    }
    if (set.keys.length == 0) config.problem("jwks", "holds no key");
  }

  private take(id: string, key: VerificationKey, from: string): void {
    const made = SignatureKey.of(key, this.algorithm);
    if (made === null) config.problem(from, "the key's algorithm is not known, or not one of RFC 9421");
    else this.keys.push(new NamedKey(id, made));
  }
}

/** Whether two keys, whosever they are, have one name. */
export function hasRepeatedName(credentials: Credential[]): bool {
  for (let i = 0; i < credentials.length; ++i) {
    const keys = credentials[i].keys;
    for (let j = 0; j < keys.length; ++j) {
      const id = Bytes.ofText(keys[j].id);
      if (credentials[i].keyNamed(id) !== keys[j].key) return true;
      for (let k = 0; k < i; ++k) if (credentials[k].keyNamed(id) !== null) return true;
    }
  }
  return false;
}

/** Whether a text stands for itself between quotes. */
function isName(id: string): bool {
  const bytes = Bytes.ofText(id);
  for (let i = 0; i < bytes.length; ++i) {
    const byte: u32 = bytes.at(i);
    if (byte - 0x20 > 0x5e || byte == 0x22 || byte == 0x5c) return false;
  }
  return bytes.length > 0;
}

/** The kinds of public keys. */
export enum KeyKind {
  Rsa,
  P256,
  P384,
  Ed25519,
}

/** A public key's numbers where they stand in an encoding: valid as long as that stays where it is. */
export class KeyParts {
  constructor(
    readonly kind: KeyKind,
    /** RSA: the modulus. P-256 and P-384: x and, right behind it, y. Ed25519: the key. */
    readonly first: usize,
    readonly firstSize: usize,
    /** RSA: the exponent. */
    readonly second: usize = 0,
    readonly secondSize: usize = 0,
  ) {}
}

/** What is wrong with a request. */
export enum Fault {
  None,
  /** It bears no signature that counts. */
  Missing,
  Malformed,
  /** It bears several signatures that would count. */
  Ambiguous,
  /** Not all was signed that has to be. */
  NotSigned,
  /** Something was signed that is not there, or is there twice, or that cannot be signed here. */
  NotThere,
  OutOfTime,
  UnknownKey,
  /** It names another algorithm than the key's. */
  Algorithm,
  Wrong,
  NoDigest,
  OtherBody,
  Replay,
}

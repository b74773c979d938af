/** What is wrong with a request. */
export enum Fault {
  None,
  /** It bears no signature. */
  Missing,
  Malformed,
  Algorithm,
  /** Not all was signed that has to be. */
  NotSigned,
  /** A header was signed that is not there, or a name stands twice among those that were signed. */
  NotThere,
  OutOfTime,
  UnknownKey,
  Wrong,
  NoDigest,
  OtherBody,
  Replay,
}

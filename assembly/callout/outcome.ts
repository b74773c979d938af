/** What came of a call. */
export enum Outcome {
  /** The other side has answered, whatever it said. */
  Answered,
  /** It could not be reached, or broke off. */
  Failed,
  /** It did not answer in time. */
  TimedOut,
  /**
   * The host did not take the call: the cluster is unknown or has no endpoints, or something is wrong with the request. The
   * log has the host's status.
   */
  Refused,
}

/** What is wrong with a token, in the order in which it is looked at. */
export enum TokenFault {
  None,
  /** Empty, or longer than the limit. */
  Size,
  /** Not three parts in base64url, none of them empty. */
  Form,
  /** The header is no JSON object, `alg` is missing, or `alg` or `kid` is there twice or no text. */
  Header,
  /** `alg` is none that is offered, such as `none`. */
  Algorithm,
  /** The header has `crit` or `b64`: it asks for what is not offered. */
  Critical,
  /** No key of the set has the token's `kid` and serves its algorithm. */
  Key,
  /** The signature is not that of any such key. */
  Signature,
  /** The payload is no JSON object, a registered claim is there twice, or a date is none. */
  Payload,
  /** `exp` has passed. */
  Expired,
  /** `nbf` has not come. */
  TooEarly,
  /** `iat` has not come: it was issued in the future. */
  FromTheFuture,
}

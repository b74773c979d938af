import { TokenFault } from "meshscript/assembly";

/** Why a request is refused. Of several reasons the greater one tells more. */
export enum Fault {
  None,
  /** No token where one is looked for. */
  Missing,
  Issuer,
  /** The provider's keys were not fetched yet, or too long ago. */
  NoKeys,
  /** More than one token. */
  Ambiguous,
  Malformed,
  Algorithm,
  UnknownKey,
  Signature,
  Expired,
  NotYetValid,
  Lifetime,
  Claim,
  Subject,
  Audience,
  /** The path has several readings. */
  Path,
}

/** What a token's own fault comes to. */
export function faultOf(fault: TokenFault): Fault {
  if (fault == TokenFault.None) return Fault.None;
  if (fault == TokenFault.Algorithm || fault == TokenFault.Critical) return Fault.Algorithm;
  if (fault == TokenFault.Key) return Fault.UnknownKey;
  if (fault == TokenFault.Signature) return Fault.Signature;
  if (fault == TokenFault.Expired) return Fault.Expired;
  if (fault == TokenFault.TooEarly || fault == TokenFault.FromTheFuture) return Fault.NotYetValid;
  return Fault.Malformed;
}

/** As in metrics and response code details. */
export function reasonOf(fault: Fault): string {
  if (fault == Fault.Missing) return "jwt_missing";
  if (fault == Fault.NoKeys) return "jwt_keys_unavailable";
  if (fault == Fault.Issuer) return "jwt_issuer_not_configured";
  if (fault == Fault.Ambiguous) return "jwt_ambiguous";
  if (fault == Fault.Malformed) return "jwt_malformed";
  if (fault == Fault.Algorithm) return "jwt_algorithm_not_allowed";
  if (fault == Fault.UnknownKey) return "jwt_key_unknown";
  if (fault == Fault.Signature) return "jwt_signature_wrong";
  if (fault == Fault.Expired) return "jwt_expired";
  if (fault == Fault.NotYetValid) return "jwt_not_yet_valid";
  if (fault == Fault.Lifetime) return "jwt_lifetime_unacceptable";
  if (fault == Fault.Claim) return "jwt_claim_missing";
  if (fault == Fault.Subject) return "jwt_subject_not_allowed";
  if (fault == Fault.Audience) return "jwt_audience_not_allowed";
  return "path_ambiguous";
}

/** For the client, who need not know which check it was that a forged token did not pass. */
export function wordsFor(fault: Fault): string {
  if (fault == Fault.Missing) return "Jwt is missing";
  if (fault == Fault.NoKeys) return "Jwt cannot be verified now";
  if (fault == Fault.Ambiguous) return "More than one Jwt";
  if (fault == Fault.Expired) return "Jwt is expired";
  if (fault == Fault.NotYetValid) return "Jwt is not yet valid";
  if (fault == Fault.Audience) return "Audience is not allowed";
  return fault == Fault.Path ? "Path is ambiguous" : "Jwt is not accepted";
}

import {
  Bytes,
  Claims,
  Exchange,
  KeySet,
  NO_DATE,
  StringMatch,
  Token,
  TokenCache,
  TokenFault,
  config,
  identity,
  isHeaderValue,
} from "meshscript/assembly";
import { ClaimToHeader, claimAt, headerValue } from "./claim-headers";
import { milliseconds } from "./duration";
import { Fault, faultOf } from "./fault";
import { LocalJwks, algorithmsIn } from "./keys";
import { JwtHeader, Locations } from "./locations";
import { RemoteJwks } from "./remote-jwks";

/** Seconds for which a token without `exp` is remembered as a good one. */
const UNDATED_SECONDS: i64 = 300;

class CacheConfig {
  /** How many good tokens are remembered, 0 for none. */
  jwt_cache_size: i64 = config.integer("jwt_cache_size", 100, 0, 1000);
}

/** Whoever issues tokens, and what becomes of them. */
export class Provider {
  /** Name by which rules ask for it. */
  name: string = config.text("name");
  /** What `iss` has to be; anything when empty. */
  issuer: string = config.text("issuer", "");
  /** Audiences of which `aud` has to be or to hold one; any when the list is empty. */
  audiences: string[] = config.texts("audiences", false);
  /** What `sub` has to be. */
  subjects: StringMatch | null = config.optionalGroup<StringMatch>("subjects");
  /** Keys that stand in the configuration. */
  local_jwks: LocalJwks | null = config.optionalGroup<LocalJwks>("local_jwks");
  /** Keys that are fetched. */
  remote_jwks: RemoteJwks | null = config.optionalGroup<RemoteJwks>("remote_jwks");
  /** Algorithms that tokens may have, such as `ES256`; all that the keys serve when the list is empty. */
  algorithms: string[] = config.texts("algorithms", false);
  /** Headers in which a token may stand. Without any place of the three: `Authorization: Bearer …` and the parameter `access_token`. */
  from_headers: JwtHeader[] = config.list<JwtHeader>("from_headers", false);
  /** Query parameters in which a token may stand. */
  from_params: string[] = config.texts("from_params", false);
  /** Cookies in which a token may stand. */
  from_cookies: string[] = config.texts("from_cookies", false);
  /** Whether the upstream gets the token, too; otherwise it is taken out of the request. */
  forward: bool = config.flag("forward");
  /** Header that gets the payload in base64url. What a client sends in it never gets through. */
  forward_payload_header: string = config.headerName("forward_payload_header", "");
  /** Headers that get the values of claims. */
  claim_to_headers: ClaimToHeader[] = config.list<ClaimToHeader>("claim_to_headers", false);
  /** Claim whose text names the consumer to later filters, such as `sub`; none when empty. */
  consumer_claim: string = config.text("consumer_claim", "");
  /** Whether later filters get all claims, as filter state. */
  payload_in_filter_state: bool = config.flag("payload_in_filter_state");
  /** By how many seconds clocks may differ. */
  clock_skew_seconds: i64 = config.integer("clock_skew_seconds", 60, 0, 86_400);
  /** Whether a token without `exp` is refused. */
  require_expiration: bool = config.flag("require_expiration", true);
  /** How long a token may still hold, such as `3600s`; any time when empty. */
  max_lifetime: string = config.text("max_lifetime", "");
  /** Claims that a token must have; `a.b` as in `claim_to_headers`. */
  required_claims: string[] = config.texts("required_claims", false);
  /** Good tokens are remembered until they expire or the keys change. */
  jwt_cache_config: CacheConfig = config.group<CacheConfig>("jwt_cache_config");

  /** Whether the last token that was judged is a good one. */
  isAccepted: bool = false;
  /** What the last one was found to be. */
  fault: Fault = Fault.Missing;
  /** Where the last one stood. */
  tokenAt: usize = 0;

  private locations: Locations = new Locations(this.from_headers, this.from_params, this.from_cookies);
  private allowed: u32 = algorithmsIn(this.algorithms);
  private lifetime: i64 =
    this.max_lifetime == "" ? 0 : milliseconds("max_lifetime", this.max_lifetime) / 1000;
  private cache: TokenCache | null = null;
  private token: Token = changetype<Token>(0);

  constructor() {
    if (this.name == "") config.problem("name", "must not be empty");
    if ((this.local_jwks === null) == (this.remote_jwks === null))
      config.problem("", "expected exactly one of local_jwks, remote_jwks");
    const size = <i32>this.jwt_cache_config.jwt_cache_size;
    if (size > 0) this.cache = new TokenCache(size, size << 10);
  }

  /** Judges the request's token at a moment in milliseconds; `purpose` is another number for each list of audiences. */
  judge(x: Exchange, now: i64, audiences: string[], purpose: u32): Fault {
    const token = this.locations.find(x.request);
    this.tokenAt = token === null ? 0 : token.pointer;
    if (token === null) this.fault = this.locations.isAmbiguous ? Fault.Ambiguous : Fault.Missing;
    else this.fault = this.judgeToken(token, now, audiences, purpose);
    this.isAccepted = this.fault == Fault.None;
    return this.fault;
  }

  private judgeToken(bytes: Bytes, now: i64, audiences: string[], purpose: u32): Fault {
    const remote = this.remote_jwks;
    const keys = remote === null ? this.local_jwks!.keys : remote.keysAt(now);
    const cache = this.cache;
    this.token = changetype<Token>(0);
    if (cache !== null && keys !== null && cache.holds(bytes, keys.generation, now / 1000, purpose)) {
      if (this.tellsClaims) this.token = Token.read(bytes);
      return Fault.None;
    }
    const token = Token.read(bytes);
    this.token = token;
    const fault = this.judgeContent(token, keys, now, audiences);
    if (fault != Fault.None) return fault;
    if (cache !== null && keys !== null)
      cache.keep(bytes, keys.generation, this.until(token, now / 1000), purpose);
    return Fault.None;
  }

  private judgeContent(token: Token, keys: KeySet | null, now: i64, audiences: string[]): Fault {
    if (token.fault != TokenFault.None) return faultOf(token.fault);
    if ((this.allowed & (1 << token.algorithm)) == 0) return Fault.Algorithm;
    const claims = token.claims;
    if (claims === null) return Fault.Malformed;
    // Before the signature: another provider's token is no sign of a key that is missing here.
    const issuer = claims.issuer;
    if (this.issuer != "" && (issuer === null || !issuer.equals(this.issuer))) return Fault.Issuer;
    if (keys === null) return Fault.NoKeys;
    if (token.verify(keys) != TokenFault.None) return this.unverified(token, keys, now);
    const time = claims.timeFault(now / 1000, this.clock_skew_seconds);
    if (time != TokenFault.None) return faultOf(time);
    return this.judgeClaims(claims, now / 1000, audiences);
  }

  private unverified(token: Token, keys: KeySet, now: i64): Fault {
    const kid = token.kid;
    const remote = this.remote_jwks;
    const mayBeNew = token.fault == TokenFault.Key || (kid !== null && !keys.knows(kid));
    if (mayBeNew && remote !== null) remote.missKey(now);
    return faultOf(token.fault);
  }

  private judgeClaims(claims: Claims, now: i64, audiences: string[]): Fault {
    if (claims.expires == NO_DATE) {
      if (this.require_expiration || this.lifetime > 0) return Fault.Lifetime;
    } else if (this.lifetime > 0 && claims.expires - now > this.lifetime + this.clock_skew_seconds) {
      return Fault.Lifetime;
    }
    for (let i = 0; i < this.required_claims.length; ++i)
      if (claimAt(claims.object, this.required_claims[i]) === null) return Fault.Claim;
    const subject = claims.subject;
    const subjects = this.subjects;
    if (subjects !== null && (subject === null || !subject.isText || !subjects.matches(subject.bytes)))
      return Fault.Subject;
    return isForOneOf(claims, audiences) ? Fault.None : Fault.Audience;
  }

  /** How long a good token may be remembered. */
  private until(token: Token, now: i64): i64 {
    const expires = token.claims!.expires;
    return expires == NO_DATE ? now + UNDATED_SECONDS : expires + this.clock_skew_seconds;
  }

  private get tellsClaims(): bool {
    return (
      this.forward_payload_header != "" ||
      this.claim_to_headers.length > 0 ||
      this.consumer_claim != "" ||
      this.payload_in_filter_state
    );
  }

  /** Passes on what the token that was accepted says, and takes the token away. */
  admit(x: Exchange): void {
    if (!this.forward) this.locations.strip(x.request);
    const claims = this.tellsClaims ? this.token.claims : null;
    if (claims === null) return;
    const headers = x.request.headers;
    if (this.forward_payload_header != "")
      headers.setBytes(this.forward_payload_header, this.token.encodedPayload);
    for (let i = 0; i < this.claim_to_headers.length; ++i) {
      const wanted = this.claim_to_headers[i];
      const value = headerValue(claims.object, wanted.claim_name);
      if (value !== null) headers.setBytes(wanted.header_name, value);
    }
    if (this.payload_in_filter_state) identity.rememberClaims(x, claims.json);
    if (this.consumer_claim == "") return;
    const claim = claimAt(claims.object, this.consumer_claim);
    const consumer = claim !== null && claim.isText ? claim.toString() : "";
    // It gets into logs: what could break a line of theirs is nobody's name.
    if (consumer != "" && isHeaderValue(consumer)) identity.remember(x, consumer);
  }
}

/** Whether a token is meant for one of these audiences; for everybody where there are none. */
function isForOneOf(claims: Claims, audiences: string[]): bool {
  for (let i = 0; i < audiences.length; ++i) if (claims.isFor(audiences[i])) return true;
  return audiences.length == 0;
}

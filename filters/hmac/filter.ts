import {
  Action,
  Bytes,
  Exchange,
  Forwarding,
  HttpFilter,
  Refusal,
  ReplayMemory,
  Use,
  Verdicts,
  config,
  isDigestOf,
  isHeaderName,
  register,
  vm,
} from "meshscript/assembly";
import { Credential, holderOf } from "./credential";
import { Fault } from "./fault";
import { isSigned, messageOf } from "./message";
import { Presented, inHeader, inPath, isSignature, proofStart } from "./presented";
import { PresignedUrls, TimeWindow } from "./time-window";

/** A request whose signature is right. */
class Signed extends Exchange {
  /** Its place among the credentials. */
  holder: i32 = 0;
  /** Until when a replay has to be told. */
  until: u64 = 0;
  /** Where in its path the proof of a presigned URL begins; -1: the signature stands in a header. */
  proof: i32 = -1;
  /** Whether what `content-digest` says was signed. */
  saysDigest: bool = false;
  /** What tells what was signed from all else. */
  mark: StaticArray<u8> | null = null;
}

class Hmac extends HttpFilter<Signed> {
  /** Keys and the consumers that hold them. */
  credentials: Credential[] = config.list<Credential>("credentials");
  /** Header in which the signature stands. */
  header: string = config.text("header", "authorization");
  /** Algorithms that may sign, of `hmac-sha256`, `hmac-sha384` and `hmac-sha512`; all three when the list is empty. */
  allowed_algorithms: string[] = config.texts("allowed_algorithms", false);
  /** Consumers that may pass; all of them when the list is empty. */
  allowed_clients: string[] = config.texts("allowed_clients", false);
  /** Seconds by which the time of signing may differ from the proxy's clock. */
  clock_skew: i64 = config.integer("clock_skew", 300, 1, 3600);
  /** Header that says when the request was signed, in lower case. */
  date_header: string = config.text("date_header", "date");
  /** Headers that must be signed, in lower case, beside method, path with query, and date. Unless given: `host`. */
  signed_headers: string[] = config.texts("signed_headers", false);
  /** Whether bodies are checked: `content-digest` has to be signed then, except where there is no body. */
  validate_request_body: bool = config.flag("validate_request_body", true);
  /** Bytes of the longest body that is checked; a longer one is answered 413. */
  max_request_body_bytes: i64 = config.integer("max_request_body_bytes", 1048576, 0, 4194304);
  /** Whether a signature is good for one request only. */
  reject_replays: bool = config.flag("reject_replays", true);
  /** How many signatures are remembered at least, in all workers together. */
  replay_memory: i64 = config.integer("replay_memory", 131072, 4096, 4194304);
  /** Takes URLs that bear a signature. Without it they are not looked at. */
  presigned_urls: PresignedUrls | null = config.optionalGroup<PresignedUrls>("presigned_urls");
  /** What the upstream gets to know. */
  forwarding: Forwarding = config.group<Forwarding>("forwarding");
  /** How refused clients are told. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private used: ReplayMemory = new ReplayMemory(this.replay_memory);
  private verdicts: Verdicts = new Verdicts("hmac");
  private window: TimeWindow = new TimeWindow(this.clock_skew, this.presigned_urls);
  /** Algorithms that may sign, a bit for each. */
  private algorithms: u32 = 0;
  /** What a request has to have signed at least, and a URL has: names parted by blanks. */
  private names: string = "@request-target";
  private challenge: string = "";

  override onConfigure(): void {
    if (this.credentials.length == 0) config.problem("credentials", "must not be empty");
    for (let i = 0; i < this.credentials.length; ++i)
      if (holderOf(this.credentials, Bytes.ofText(this.credentials[i].key_id)) != i)
        config.problem("credentials", "its key_id stands there twice", i);
    for (let i = 0; i < this.allowed_algorithms.length; ++i) {
      const bit = bitOf(Bytes.ofText(this.allowed_algorithms[i]));
      if (bit == 0) config.problem("allowed_algorithms", "no algorithm that is offered", i);
      this.algorithms |= bit;
    }
    if (this.allowed_algorithms.length == 0) this.algorithms = 7;
    for (let i = 0; i < this.allowed_clients.length; ++i)
      if (!this.holdsKey(this.allowed_clients[i]))
        config.problem("allowed_clients", "no credential is this client's", i);
    if (!isLowerName(this.date_header)) config.problem("date_header", "is no name of a header in lower case");
    for (let i = 0; i < this.signed_headers.length; ++i)
      if (!isLowerName(this.signed_headers[i]))
        config.problem("signed_headers", "is no name of a header in lower case", i);
    if (!config.has("signed_headers")) this.signed_headers = ["host"];
    for (let i = 0; i < this.signed_headers.length; ++i) this.names += " " + this.signed_headers[i];
    this.challenge = 'Signature headers="' + this.names + " " + this.date_header + '"';
  }

  override onRequest(x: Signed): Action {
    const fault = this.judge(x);
    if (fault != Fault.None) return this.refuse(x, fault);
    return this.validate_request_body ? x.wholeRequest(<u32>this.max_request_body_bytes) : this.pass(x);
  }

  override onWholeRequest(x: Signed, body: Bytes): Action {
    if (!x.saysDigest) return body.length > 0 ? this.refuse(x, Fault.NoDigest) : this.pass(x);
    const digest = x.request.headers.onlyBytes("content-digest");
    return digest !== null && isDigestOf(digest, body) ? this.pass(x) : this.refuse(x, Fault.OtherBody);
  }

  private holdsKey(client: string): bool {
    for (let i = 0; i < this.credentials.length; ++i) if (this.credentials[i].client == client) return true;
    return false;
  }

  private judge(x: Signed): Fault {
    const value = x.request.headers.onlyBytes(this.header);
    const isThere = value !== null && isSignature(value);
    const path = x.request.headers.onlyBytes(":path");
    x.proof = this.presigned_urls === null || path === null ? -1 : proofStart(path);
    if (!isThere && x.proof < 0) return Fault.Missing;
    if (isThere && x.proof >= 0) return Fault.Malformed;
    const presented = isThere ? inHeader(value!) : inPath(path!, x.proof, Bytes.ofText(this.names));
    return presented === null ? Fault.Malformed : this.check(x, presented);
  }

  private check(x: Signed, presented: Presented): Fault {
    const bit = bitOf(presented.algorithm!);
    if ((bit & this.algorithms) == 0) return Fault.Algorithm;
    if (!this.isEnough(presented)) return Fault.NotSigned;
    x.until =
      x.proof >= 0
        ? this.window.endOfUrl(presented.expires!)
        : this.window.end(x.request.headers.onlyBytes(this.date_header));
    if (x.until == 0) return Fault.OutOfTime;
    const message = messageOf(x.request, presented);
    if (message === null) return Fault.NotThere;
    x.holder = holderOf(this.credentials, presented.keyId!);
    // For a name that nobody has, as much is done as for any other.
    const key = this.credentials[max(x.holder, 0)].key;
    const isRight = key.verifies(256 + (ctz(bit) << 7), message, presented.signature!, x.proof >= 0);
    if (x.holder < 0) return Fault.UnknownKey;
    x.saysDigest = isSigned(presented.names!, "content-digest");
    x.mark = ReplayMemory.markOf(message);
    return isRight ? Fault.None : Fault.Wrong;
  }

  /** Whether all was signed that has to be. */
  private isEnough(presented: Presented): bool {
    if (presented.expires !== null) return true;
    const names = presented.names!;
    for (let i = 0; i < this.signed_headers.length; ++i)
      if (!isSigned(names, this.signed_headers[i])) return false;
    return isSigned(names, "@request-target") && isSigned(names, this.date_header);
  }

  private pass(x: Signed): Action {
    const client = this.credentials[x.holder].client;
    if (this.allowed_clients.length > 0 && !this.allowed_clients.includes(client))
      return this.stop(x, 403, "Client is forbidden.", "hmac_client_not_allowed");
    const once = x.proof >= 0 ? this.presigned_urls!.single_use : this.reject_replays;
    const use = once ? this.used.use(x.mark!, x.until) : Use.First;
    if (use == Use.Again) return this.refuse(x, Fault.Replay);
    if (use == Use.Unknown) return this.stop(x, 503, "Try again later.", "hmac_replay_memory_full");
    if (this.forwarding.hide_credentials) this.hide(x);
    this.forwarding.admit(x, client);
    this.verdicts.allowed();
    return Action.Continue;
  }

  private hide(x: Signed): void {
    if (x.proof < 0) x.request.headers.remove(this.header);
    else x.request.headers.setBytes(":path", x.request.headers.onlyBytes(":path")!.slice(0, x.proof));
  }

  private refuse(x: Signed, fault: Fault): Action {
    if (fault == Fault.Missing) return this.deny(x, "hmac_missing");
    if (fault == Fault.Malformed) return this.deny(x, "hmac_malformed");
    if (fault == Fault.Algorithm) return this.deny(x, "hmac_algorithm_not_allowed");
    if (fault == Fault.NotSigned) return this.deny(x, "hmac_not_all_signed");
    if (fault == Fault.NotThere) return this.deny(x, "hmac_signed_header_missing");
    if (fault == Fault.OutOfTime) return this.deny(x, "hmac_out_of_time");
    if (fault == Fault.UnknownKey) return this.deny(x, "hmac_unknown_key");
    if (fault == Fault.NoDigest) return this.deny(x, "hmac_digest_missing");
    if (fault == Fault.OtherBody) return this.deny(x, "hmac_digest_wrong");
    if (fault == Fault.Replay) return this.deny(x, "hmac_replayed");
    return this.deny(x, "hmac_signature_wrong");
  }

  @inline
  private deny(x: Signed, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, 401, "Client authentication failed.", reason, this.challenge);
  }

  @inline
  private stop(x: Signed, status: u32, says: string, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, status, says, reason);
  }
}

function isLowerName(name: string): bool {
  const bytes = Bytes.ofText(name);
  for (let i = 0; i < bytes.length; ++i) if (<u32>bytes.at(i) - 0x41 < 26) return false;
  return isHeaderName(name) && bytes.at(0) != 0x3a;
}

/** An algorithm's bit, from which the bits of its digest follow; 0 where it is none. */
function bitOf(algorithm: Bytes): u32 {
  if (algorithm.equals("hmac-sha256")) return 1;
  if (algorithm.equals("hmac-sha384")) return 2;
  return algorithm.equals("hmac-sha512") ? 4 : 0;
}

vm.collectBetweenCallbacks();
register<Hmac>();

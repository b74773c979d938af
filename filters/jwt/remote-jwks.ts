import { Call, CallResponse, Jwks, KeySet, config, log } from "meshscript/assembly";
import { milliseconds } from "./duration";

/** Bytes of the largest answer that is read. */
const SIZE_MAX: i32 = 262_144;
/** Milliseconds between two tries at most, while none succeeds. */
const BACKOFF_MAX: i64 = 60_000;

class HttpUri {
  /** Where the key set is, such as `https://issuer.example/.well-known/jwks.json`: host and path of the request. */
  uri: string = config.text("uri");
  /** Cluster that it is fetched from. */
  cluster: string = config.text("cluster");
  /** How long an answer may take. */
  timeout: string = config.text("timeout", "1s");

  timeoutMs: i64 = milliseconds("timeout", this.timeout);
  authority: string = "";
  path: string = "";

  constructor() {
    const uri = this.uri;
    const start = uri.indexOf("://") + 3;
    const slash = uri.indexOf("/", start);
    const end = slash < 0 ? uri.length : slash;
    if (start < 4 || end <= start) config.problem("uri", "expected a URL such as https://host/path");
    this.authority = uri.substring(start, end);
    this.path = slash < 0 ? "/" : uri.substring(end);
  }
}

/** Keys that are fetched at start and again before they are too old. */
export class RemoteJwks {
  /** The request for the key set. */
  http_uri: HttpUri = config.group<HttpUri>("http_uri");
  /** How long a set is used; the next one is fetched in the last quarter of that time. */
  cache_duration: string = config.text("cache_duration", "600s");
  /** How much longer the last good set is used where no other one can be fetched. */
  stale_if_error: string = config.text("stale_if_error", "86400s");
  /** Time until the next try after a failure. It doubles with each further one, up to a minute. */
  failed_refetch_duration: string = config.text("failed_refetch_duration", "1s");
  /** How soon after a fetch a token whose key is unknown causes another one, a rotated key being likely. `0s`: never. */
  unknown_kid_refetch_interval: string = config.text("unknown_kid_refetch_interval", "30s");

  private keys: KeySet = new KeySet();
  private lifetime: i64 = milliseconds("cache_duration", this.cache_duration);
  private staleness: i64 = milliseconds("stale_if_error", this.stale_if_error);
  private patience: i64 = milliseconds("failed_refetch_duration", this.failed_refetch_duration);
  private interval: i64 = milliseconds("unknown_kid_refetch_interval", this.unknown_kid_refetch_interval);
  private call: Call | null = null;
  private failures: u32 = 0;
  private loaded: i64 = 0;
  private tried: i64 = 0;
  private due: i64 = 0;

  constructor() {
    if (this.lifetime < 100) config.problem("cache_duration", "must be at least 0.1s");
    if (this.patience < 50) config.problem("failed_refetch_duration", "must be at least 0.05s");
  }

  /** How often to look whether a fetch is due. */
  get tickPeriod(): i64 {
    return max(50, min(1000, min(this.lifetime / 8, this.patience)));
  }

  /** Its keys, where they may be relied on at a moment in milliseconds; otherwise null. */
  keysAt(now: i64): KeySet | null {
    return this.loaded > 0 && now < this.loaded + this.lifetime + this.staleness ? this.keys : null;
  }

  /** The call that has to be made now, null where none has. */
  callAt(now: i64): Call | null {
    if (this.call !== null || now < this.due) return null;
    this.tried = now;
    const to = this.http_uri;
    const call = new Call(to.cluster, "GET", to.path);
    call.authority(to.authority);
    call.within(<u32>to.timeoutMs);
    this.call = call;
    return call;
  }

  /** A token asked for a key that is not in the set: perhaps there is a new one. One try an interval, whoever asks. */
  missKey(now: i64): void {
    if (this.interval > 0 && now >= this.tried + this.interval) this.due = 0;
  }

  /** Takes the answer to its call; `nanoseconds` is the moment. False: it was another's call. */
  take(response: CallResponse, nanoseconds: u64): bool {
    if (this.call === null || response.call !== this.call) return false;
    this.call = null;
    const now = <i64>(nanoseconds / 1_000_000);
    const fault = this.accept(response);
    const wait = fault == "" ? (this.lifetime * 3) / 4 : this.backoff();
    // Workers and proxies that began together do not go on asking together.
    this.due = now + wait - <i64>(nanoseconds % <u64>(wait / 4 + 1));
    if (fault == "") this.loaded = now;
    else log.warn("jwt: no keys from " + this.http_uri.cluster + ": " + fault);
    return true;
  }

  private backoff(): i64 {
    const wait = this.patience << min(this.failures, 10);
    ++this.failures;
    return min(wait, max(BACKOFF_MAX, this.patience));
  }

  /** Takes the keys of an answer over; what is wrong with it otherwise. */
  private accept(response: CallResponse): string {
    if (!response.ok) return response.status == 0 ? "no answer" : "status " + response.status.toString();
    if (response.bodyLength > SIZE_MAX) return "more than 256 KiB";
    const body = response.body;
    if (this.loaded == 0 || !this.keys.isFrom(body)) {
      const keys = Jwks.read(body);
      if (keys === null) return "no JWK set";
      for (let i = 0; i < keys.refusals.length; ++i)
        log.warn("jwt: " + this.http_uri.cluster + " has " + keys.refusals[i]);
      if (keys.keys.length == 0) return "no key that can be used";
      this.keys = keys;
    }
    this.failures = 0;
    return "";
  }
}

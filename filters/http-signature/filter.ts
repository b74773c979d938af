import {
  Action,
  Bytes,
  Exchange,
  Forwarding,
  HttpFilter,
  Refusal,
  ReplayMemory,
  SignatureKey,
  TextCursor,
  Use,
  Verdicts,
  clock,
  config,
  isDigestOf,
  register,
  vm,
  wholeValueOf,
} from "meshscript/assembly";
import { SignatureBase, skipComponents } from "./base";
import { Credential, hasRepeatedName } from "./credential";
import { Fault } from "./fault";
import { Parameters } from "./parameters";
import { Members, onlyMember } from "./structured";

const COLON: u8 = 0x3a;
const PARENTHESIS: u8 = 0x28;

/** A request whose signature is right. */
class Signed extends Exchange {
  client: string = "";
  /** Until when a replay has to be told. */
  until: u64 = 0;
  /** Whether what `content-digest` says was signed. */
  saysDigest: bool = false;
  /** What tells what was signed from all else. */
  mark: StaticArray<u8> | null = null;
}

class HttpSignature extends HttpFilter<Signed> {
  /** Keys and the consumers that hold them. */
  credentials: Credential[] = config.list<Credential>("credentials");
  /** Consumers that may pass; all of them when the list is empty. */
  allowed_clients: string[] = config.texts("allowed_clients", false);
  /** Label of the signature that counts. Without it, and without `tag`, a request must bear only one. */
  label: string = config.text("label", "");
  /** What the signature has to say as `tag`; others do not count. */
  tag: string = config.text("tag", "");
  /** Components that must be signed. Unless given: `@method`, `@authority`, `@path` and `@query`. */
  required_components: string[] = config.texts("required_components", false);
  /** Parameters that a signature must have beside `keyid`. Unless given: `created`. */
  required_parameters: string[] = config.texts("required_parameters", false);
  /** Seconds for which a signature is good, counted from `created`. */
  max_age: i64 = config.integer("max_age", 300, 1, 86400);
  /** Seconds by which a client's clock may differ from the proxy's. */
  clock_skew: i64 = config.integer("clock_skew", 60, 0, 3600);
  /** Whether bodies are checked: `content-digest` has to be signed then, except where there is no body. */
  validate_request_body: bool = config.flag("validate_request_body", true);
  /** Bytes of the longest body that is checked; a longer one is answered 413. */
  max_request_body_bytes: i64 = config.integer("max_request_body_bytes", 1048576, 0, 4194304);
  /** Whether a signature is good for one request only. */
  reject_replays: bool = config.flag("reject_replays", true);
  /** How many signatures are remembered at least, in all workers together. */
  replay_memory: i64 = config.integer("replay_memory", 131072, 4096, 4194304);
  /** What the upstream gets to know. */
  forwarding: Forwarding = config.group<Forwarding>("forwarding");
  /** How refused clients are told. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private used: ReplayMemory = new ReplayMemory(this.replay_memory);
  private verdicts: Verdicts = new Verdicts("http_signature");

  override onConfigure(): void {
    if (this.credentials.length == 0) config.problem("credentials", "must not be empty");
    if (hasRepeatedName(this.credentials)) config.problem("credentials", "two keys have the same name");
    if (!config.has("required_components"))
      this.required_components = ["@method", "@authority", "@path", "@query"];
    if (!config.has("required_parameters")) this.required_parameters = ["created"];
    for (let i = 0; i < this.required_parameters.length; ++i)
      if (!Parameters.knows(this.required_parameters[i]))
        config.problem("required_parameters", "no parameter of signatures", i);
    for (let i = 0; i < this.allowed_clients.length; ++i)
      if (!this.holdsKey(this.allowed_clients[i]))
        config.problem("allowed_clients", "no credential is this client's", i);
  }

  private holdsKey(client: string): bool {
    for (let i = 0; i < this.credentials.length; ++i) if (this.credentials[i].client == client) return true;
    return false;
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

  /** Finds the signature that counts. */
  private judge(x: Signed): Fault {
    const input = wholeValueOf(x.request.headers, Bytes.ofText("signature-input"));
    const signatures = wholeValueOf(x.request.headers, Bytes.ofText("signature"));
    if (input === null || signatures === null) return Fault.Missing;
    let label: Bytes | null = null;
    let said = input;
    const inputs = new Members(input);
    while (inputs.next()) {
      if (!this.isChosen(inputs)) continue;
      if (label !== null) return Fault.Ambiguous;
      label = inputs.key;
      said = inputs.value;
    }
    if (inputs.isBroken) return Fault.Malformed;
    if (label === null) return Fault.Missing;
    const signature = onlyMember(signatures, label);
    if (signature === null || signature.at(0) != COLON || said.at(0) != PARENTHESIS) return Fault.Malformed;
    return this.check(x, said, signature.slice(1, signature.length - 1));
  }

  private isChosen(input: Members): bool {
    if (this.label != "" && !input.key.equals(this.label)) return false;
    return this.tag == "" || hasTag(input.value, this.tag);
  }

  private check(x: Signed, said: Bytes, signature: Bytes): Fault {
    const base = new SignatureBase();
    const cursor = TextCursor.over(said);
    const parameters = new Parameters();
    if (!base.cover(x.request, cursor)) return Fault.NotThere;
    if (!parameters.read(cursor)) return Fault.Malformed;
    if (!this.isEnough(base, parameters)) return Fault.NotSigned;
    if (!this.isTimely(x, parameters)) return Fault.OutOfTime;
    const key = this.keyNamed(x, parameters.keyid);
    if (key === null) return Fault.UnknownKey;
    const alg = parameters.alg;
    if (alg !== null && !alg.equals(key.name)) return Fault.Algorithm;
    const text = base.end(said);
    if (!key.verifies(text, signature)) return Fault.Wrong;
    x.saysDigest = base.covers(Bytes.ofText('"content-digest"'));
    x.mark = ReplayMemory.markOf(text);
    return Fault.None;
  }

  private isEnough(base: SignatureBase, parameters: Parameters): bool {
    for (let i = 0; i < this.required_components.length; ++i)
      if (!base.holds(this.required_components[i])) return false;
    for (let i = 0; i < this.required_parameters.length; ++i)
      if (!parameters.has(this.required_parameters[i])) return false;
    return true;
  }

  /** A signature that says neither when it was made nor when it ends would be good for ever. */
  private isTimely(x: Signed, said: Parameters): bool {
    const now = clock.seconds();
    const skew = <u64>this.clock_skew;
    const most = said.created > 0 ? said.created + <u64>this.max_age : said.expires;
    const end = said.expires > 0 ? min(said.expires, most) : most;
    x.until = end + skew;
    if (end == 0 || end + skew < now || said.created > now + skew) return false;
    return said.created > 0 || said.expires <= now + <u64>this.max_age + skew;
  }

  private keyNamed(x: Signed, id: Bytes | null): SignatureKey | null {
    for (let i = 0; id !== null && i < this.credentials.length; ++i) {
      const key = this.credentials[i].keyNamed(id);
      if (key === null) continue;
      x.client = this.credentials[i].client;
      return key;
    }
    return null;
  }

  private pass(x: Signed): Action {
    if (this.allowed_clients.length > 0 && !this.allowed_clients.includes(x.client))
      return this.stop(x, 403, "Client is forbidden.", "signature_client_not_allowed");
    const use = this.reject_replays ? this.used.use(x.mark!, x.until) : Use.First;
    if (use == Use.Again) return this.refuse(x, Fault.Replay);
    if (use == Use.Unknown) return this.stop(x, 503, "Try again later.", "signature_replay_memory_full");
    if (this.forwarding.hide_credentials) {
      x.request.headers.remove("signature");
      x.request.headers.remove("signature-input");
    }
    this.forwarding.admit(x, x.client);
    this.verdicts.allowed();
    return Action.Continue;
  }

  private refuse(x: Signed, fault: Fault): Action {
    if (fault == Fault.Missing) return this.deny(x, "signature_missing");
    if (fault == Fault.Malformed) return this.deny(x, "signature_malformed");
    if (fault == Fault.Ambiguous) return this.deny(x, "signature_ambiguous");
    if (fault == Fault.NotSigned) return this.deny(x, "signature_not_all_signed");
    if (fault == Fault.NotThere) return this.deny(x, "signature_component_missing");
    if (fault == Fault.OutOfTime) return this.deny(x, "signature_out_of_time");
    if (fault == Fault.UnknownKey) return this.deny(x, "signature_unknown_key");
    if (fault == Fault.Algorithm) return this.deny(x, "signature_other_algorithm");
    if (fault == Fault.NoDigest) return this.deny(x, "signature_digest_missing");
    if (fault == Fault.OtherBody) return this.deny(x, "signature_digest_wrong");
    if (fault == Fault.Replay) return this.deny(x, "signature_replayed");
    return this.deny(x, "signature_wrong");
  }

  @inline
  private deny(x: Signed, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, 401, "Client authentication failed.", reason, "Signature");
  }

  @inline
  private stop(x: Signed, status: u32, says: string, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, status, says, reason);
  }
}

function hasTag(value: Bytes, tag: string): bool {
  const cursor = TextCursor.over(value);
  const parameters = new Parameters();
  if (!skipComponents(cursor) || !parameters.read(cursor)) return false;
  const said = parameters.tag;
  return said !== null && said.equals(tag);
}

vm.collectBetweenCallbacks();
register<HttpSignature>();

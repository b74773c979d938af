import { Bytes } from "../../abi/bytes";
import { utf8 } from "../../abi/wire";
import { AnyCall } from "../../callout/any-call";
import { Call } from "../../callout/call";
import { Outcome } from "../../callout/outcome";
import { CallResponse } from "../../callout/response";
import { text, texts } from "../../config/reader";
import { problem } from "../../config/scope";
import { Exchange } from "../../http/exchange";
import { Authority } from "./authority";
import { document } from "./opa-document";
import { resultIn } from "./opa-result";
import { Fate, Ruling } from "./ruling";
import { milliseconds } from "./settings";

/** Most bytes of an answer. */
const MOST: i32 = 262_144;

/** The Open Policy Agent, asked by its data API about a rule of yours. */
export class Opa extends Authority {
  /** Cluster to call. */
  cluster: string = text(utf8("cluster"));
  /** Path of the rule in the data API: `/v1/data/mesh/authz/allow`. */
  path: string = text(utf8("path"));
  /** How long it may take to answer, up to `10s`. */
  timeout: string = text(utf8("timeout"), "0.2s");

  /** Headers that it does not get to see, in lower case. */
  hidden_headers: string[] = texts(utf8("hidden_headers"), false);

  constructor() {
    super();
    this.within = milliseconds(utf8("timeout"), this.timeout, 10);
    if (!Bytes.ofText(this.path).startsWith("/v1/data/"))
      problem(utf8("path"), -1, utf8("must begin with /v1/data/"));
  }

  sends(name: Bytes): bool {
    for (let i = 0; i < this.hidden_headers.length; ++i)
      if (name.equals(this.hidden_headers[i])) return false;
    return true;
  }

  ask(x: Exchange, body: Bytes, isPartial: bool): AnyCall {
    return new Call(this.cluster, "POST", this.path)
      .within(this.within)
      .header("content-type", "application/json")
      .bodyBytes(document(x, this, body, isPartial));
  }

  read(response: CallResponse): Bytes {
    const answered = response.outcome == Outcome.Answered && response.status == 200;
    if (!answered || response.bodyLength > MOST) return Ruling.begin().end(Fate.Failed);
    return resultIn(response.body);
  }
}

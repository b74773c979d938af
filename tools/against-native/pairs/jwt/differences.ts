import type { Bytes } from "../../../traffic/bytes.js";
import type { Deliberate, Exchange } from "../../pair.js";
import { none } from "../../view.js";
import { trimmed, valuesIn } from "../make.js";
import type { JwtVariant } from "./variants.js";

/** Headers that carry tokens, or what is said in them, to the upstream. */
export const forwarded = [
  "authorization",
  "x-token",
  "cookie",
  "x-payload",
  "x-sub",
  "x-staff",
  "x-team",
  "x-level",
  "x-roles",
];

const refusals = ["400", "401", "403"];
const decision = ["status", "reached", "path", ...forwarded.map((name) => `upstream ${name}`)];

/** Ours refuses what Envoy's lets through; or, where bad tokens do no harm, passes nothing on of a token that is good to Envoy's. */
function isStricter({ variant, sent, ours, native }: Exchange): boolean {
  if (native.reached === "no") return false;
  if (ours.reached === "no") return refusals.includes(ours.status!);
  const isLax = variant.name === "rules" && /^\/(lax|maybe)/.test(sent.request.path);
  return isLax && ours["upstream x-payload"] === none && native["upstream x-payload"] !== none;
}

/** Values of the headers, parameters and cookies in which a variant looks for tokens. */
function tokensIn({ variant, sent }: Exchange): Bytes[] {
  const query = sent.request.path.split("?")[1] ?? "";
  const cookies = valuesIn(sent, "cookie").flatMap((value) => value.split(";"));
  return (variant as JwtVariant).places.flatMap((place) => {
    if (place.header !== undefined) return valuesIn(sent, place.header);
    const [name, parts] =
      place.query === undefined ? [place.cookie, cookies] : [place.query, query.split("&")];
    return parts.map((part) => part.trim()).filter((part) => part.startsWith(`${name}=`));
  });
}

/** Header and payload of a token, as far as they can be read. */
function partsOf(value: Bytes): [header: Record<string, unknown>, payload: Record<string, unknown>] {
  const [, header = "", payload = ""] = /([\w-]+)\.([\w-]+)\.[^.]*$/.exec(value) ?? [];
  return [objectIn(header), objectIn(payload)];
}

function objectIn(base64url: string): Record<string, unknown> {
  try {
    const value = JSON.parse(Buffer.from(base64url, "base64url").toString()) as unknown;
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const bareToken = /^(Bearer |token=|jwt=|)[\w-]+\.[\w-]+\.[\w-]+$/;

export const deliberate: Deliberate[] = [
  {
    id: "several-tokens",
    reason:
      "Ours refuses, with 400, a request with tokens in several places or lines. Envoy's looks at each, and a good one will do.",
    explains: (exchange) =>
      exchange.ours.status === "400" && exchange.ours.reached === "no" && tokensIn(exchange).length > 1
        ? decision
        : [],
  },
  {
    id: "critical-extensions",
    reason:
      "Ours refuses a token whose header says `crit` (RFC 7515, section 4.1.11): it knows no extension. Envoy's does not look at it.",
    explains: (exchange) =>
      isStricter(exchange) && tokensIn(exchange).some((token) => "crit" in partsOf(token)[0]) ? decision : [],
  },
  {
    id: "issued-in-the-future",
    reason:
      "Ours refuses a token that says it was issued in the future, by more than clocks may differ. Envoy's does not look at `iat`.",
    explains(exchange) {
      const soon = Date.now() / 1000 + 9;
      const isEarly = tokensIn(exchange).some((token) => Number(partsOf(token)[1].iat) > soon);
      return isStricter(exchange) && isEarly ? decision : [];
    },
  },
  {
    id: "expiry-of-zero",
    reason: "`exp: 0` is long ago in ours. Envoy's takes it for a token that never expires.",
    explains: (exchange) =>
      isStricter(exchange) && tokensIn(exchange).some((token) => partsOf(token)[1].exp === 0) ? decision : [],
  },
  {
    id: "order-of-checks",
    reason:
      "Both refuse, with another status: ours says that a token is for another audience (403) only where all else about it is good. Envoy's looks at the audience before the signature.",
    explains({ ours, native }) {
      const both = ours.reached === "no" && native.reached === "no";
      return both && refusals.includes(ours.status!) && refusals.includes(native.status!) ? ["status"] : [];
    },
  },
  {
    id: "empty-kid",
    reason:
      "A token whose `kid` is empty names a key that nobody has, in ours. Envoy's takes it for a token without `kid`.",
    explains: (exchange) =>
      isStricter(exchange) && tokensIn(exchange).some((token) => partsOf(token)[0].kid === "")
        ? decision
        : [],
  },
  {
    id: "empty-claim",
    reason: "Of a claim that is an empty text ours makes an empty header. Envoy's makes none.",
    explains({ ours, native }) {
      const passed = ours.reached === "yes" && native.reached === "yes";
      return passed && ours["upstream x-sub"] === "" && native["upstream x-sub"] === none
        ? ["upstream x-sub"]
        : [];
    },
  },
  {
    id: "text-around-tokens",
    reason:
      "In ours a token is all that stands behind the prefix. Envoy's looks for the prefix anywhere in the value, and leaves out further blanks, and whatever follows the third part.",
    explains: (exchange) =>
      isStricter(exchange) && tokensIn(exchange).some((token) => !bareToken.test(trimmed(token)))
        ? decision
        : [],
  },
];

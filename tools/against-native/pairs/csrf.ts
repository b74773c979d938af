import type { Random } from "../../parity/random.js";
import type { Line } from "../../traffic/wire/message.js";
import type { Deliberate, Exchange, Pair, Sent, Variant } from "../pair.js";
import { mutated, oddCase, sending, trimmed, valuesIn } from "./make.js";

const policyType = "type.googleapis.com/envoy.extensions.filters.http.csrf.v3.CsrfPolicy";
const always = { default_value: { numerator: 100 } };

type Match = { [key: string]: string | boolean };

function variant(name: string, origins: Match[], shadow = false): Variant {
  const enabled = shadow ? { default_value: { numerator: 0 } } : always;
  const filter = {
    "@type": policyType,
    filter_enabled: enabled,
    ...(shadow ? { shadow_enabled: always } : {}),
    additional_origins: origins,
  };
  return { name, ours: { additional_origins: origins, shadow }, native: { filter } };
}

const variants = [
  variant("alone", []),
  variant("partners", [
    { exact: "partner.example:8443" },
    { suffix: ".trusted.example" },
    { prefix: "localhost:" },
    { exact: "CASE.example", ignore_case: true },
  ]),
  variant("shadow", [], true),
];

const hosts = ["shop.example", "shop.example:8080", "[::1]:80", "null", "SHOP.example", "shop.example:443"];
const schemes = ["https://", "https://", "https://", "http://", "app://", "//", "", "https:/"];
const others = [
  "partner.example:8443",
  "a.trusted.example",
  "eviltrusted.example",
  "localhost:5173",
  "case.example",
  "evil.example",
  "shop.example.evil.example",
  "shop.example@evil.example",
  "evil.example#shop.example",
];

function generate(random: Random): Sent {
  const method = random.pick([
    "POST",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "GET",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "MKCOL",
    "post",
  ]);
  const own = random.pick(hosts);
  const origins = sourceLines(random, "origin", own, random.pick([0, 1, 1, 1, 2]));
  const referers = sourceLines(random, "referer", own, random.pick([0, 0, 1, 1, 2]));
  return sending(random, method, "/orders", [["host", own], ...origins, ...referers]);
}

function sourceLines(random: Random, name: string, own: string, count: number): Line[] {
  return random.times(count, () => {
    const site = random.chance(0.45) ? own : random.pick([...others, ...hosts]);
    const path = random.chance(name === "origin" ? 0.1 : 0.7)
      ? random.pick(["/", "/a/b", "?a", "#b", "\\a"])
      : "";
    const url = random.chance(0.05)
      ? random.pick(["null", "", "*", "about:blank"])
      : random.pick(schemes) + site + path;
    const value = random.chance(0.15) ? mutated(random, url) : url;
    return [random.chance(0.1) ? oddCase(random, name) : name, value] as const;
  });
}

const safeMethods = ["GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"];
const nativeMethods = ["POST", "PUT", "DELETE", "PATCH"];
const refusal = ["status", "reached", "path", "upstream origin"];

/** Ours refuses, Envoy's lets the request through. */
function isStricter({ ours, native }: Exchange): boolean {
  return ours.status === "403" && ours.reached === "no" && native.reached === "yes";
}

function isEnforced({ variant: { name }, sent }: Exchange): boolean {
  return name !== "shadow" && !safeMethods.includes(sent.request.method);
}

/** As RFC 6454 has it. */
const serialized = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._:[\]-]+$/i;
/** The beginning of a URL whose host nobody can take for another. */
const plainUrl = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._:[\]-]+([/?#]|$)/i;

function joined({ sent }: Exchange, name: string): string {
  return valuesIn(sent, name).map(trimmed).join(",");
}

const deliberate: Deliberate[] = [
  {
    id: "other-methods",
    reason:
      "Ours looks at each method but the safe ones (GET, HEAD, OPTIONS, TRACE) and CONNECT, Envoy's at POST, PUT, DELETE and PATCH only: a page may send `MKCOL` or `post` as well.",
    explains(exchange) {
      const isOther = !nativeMethods.includes(exchange.sent.request.method);
      return isEnforced(exchange) && isOther && isStricter(exchange) ? refusal : [];
    },
  },
  {
    id: "odd-origin",
    reason:
      "An `origin` that is none as browsers send it (empty, without a scheme, with a path, a user or odd bytes, in two lines) is refused. Envoy's takes the host that it finds there, or the whole text, and the `referer` in place of an empty one.",
    explains(exchange) {
      const isOdd =
        valuesIn(exchange.sent, "origin").length > 0 && !serialized.test(joined(exchange, "origin"));
      return isEnforced(exchange) && isOdd && isStricter(exchange) ? refusal : [];
    },
  },
  {
    id: "odd-referer",
    reason:
      "A `referer` without a scheme, with a user, or with odd bytes in its host is refused. Envoy's takes the host that it finds there, or the whole text.",
    explains(exchange) {
      const counts = valuesIn(exchange.sent, "origin").length === 0;
      const isOdd = !plainUrl.test(joined(exchange, "referer"));
      return isEnforced(exchange) && counts && isOdd && isStricter(exchange) ? refusal : [];
    },
  },
];

export const csrf: Pair = {
  filter: "csrf",
  native: "envoy.filters.http.csrf",
  variants,
  upstream: ["origin"],
  client: [],
  generate,
  deliberate,
};

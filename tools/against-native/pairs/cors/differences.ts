import type { Deliberate, Exchange, View } from "../../pair.js";
import { none } from "../../view.js";
import { trimmed, valuesIn } from "../make.js";

/** Headers of responses that tell browsers what pages may do. */
export const permissions = [
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "access-control-allow-private-network",
  "access-control-expose-headers",
  "access-control-max-age",
];

/** What differs where only one of the filters sends a preflight on. */
const passage = ["status", "reached", "path", "upstream origin", "client vary"];
const originAspect = "client access-control-allow-origin";
const permissionAspects = permissions.map((name) => `client ${name}`);

/** A page may read more, may send more, or may send credentials along. */
export function permits(ours: View, native: View): boolean {
  return permissionAspects.some((aspect) => ours[aspect] !== none && native[aspect] === none);
}

function originOf({ sent }: Exchange): string {
  return valuesIn(sent, "origin").map(trimmed).join(",");
}

/** As RFC 6454 has it: an independent reading of what our filter calls an origin. */
const serialized = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._:[\]-]+$/i;

function isPreflight({ sent }: Exchange): boolean {
  const asked = valuesIn(sent, "access-control-request-method").map(trimmed).join(",");
  return sent.request.method === "OPTIONS" && asked !== "";
}

const isAnybody = ({ variant: { name } }: Exchange) => name === "anybody";
const isOthersUpstreams = ({ variant: { name } }: Exchange) => name === "loose" || name === "private";

export const deliberate: Deliberate[] = [
  {
    id: "vary",
    reason:
      "Ours adds `vary: origin` to each response that depends on the origin, so that no cache gives one origin's response to another. Envoy's adds nothing.",
    explains(exchange) {
      const { ours, native } = exchange;
      const before = native["client vary"] === none ? "" : `${native["client vary"]}, `;
      return !isAnybody(exchange) && ours["client vary"] === `${before}origin` ? ["client vary"] : [];
    },
  },
  {
    id: "any-origin",
    reason:
      "Where any origin is allowed, ours says `access-control-allow-origin: *`, to requests without an origin as well: caches may share the response. Envoy's says the origin that asks, and lets the upstream add `access-control-allow-credentials`, which makes it any origin with credentials.",
    safe: "`*` gives nothing with credentials, and a request without an origin comes from no page that would read it.",
    explains: (exchange) =>
      isAnybody(exchange) && exchange.ours[originAspect] === "*" ? [originAspect] : [],
  },
  {
    id: "upstream-permissions",
    reason:
      "Ours takes off what the upstream permits by itself (`access-control-*`), so that the policy stands in one place. Envoy's sends it on, save what it sets itself.",
    explains(exchange) {
      const { sent, ours } = exchange;
      const own = sent.answer.lines.map(([name]) => `client ${name}`);
      return permissionAspects.filter(
        (aspect) => own.includes(aspect) && (ours[aspect] === none || aspect === originAspect),
      );
    },
  },
  {
    id: "no-origin",
    reason:
      "What is no origin as browsers send it (two lines, a path, a user, odd bytes) has no permission in ours. Envoy's matches any text against the patterns: `https://evil.example,https://a.shop.example` ends with `.shop.example`.",
    safe: "The permission that the upstream gives such a request is the upstream's, where other origins are its business.",
    explains(exchange) {
      const origin = originOf(exchange);
      if (isAnybody(exchange) || origin === "" || origin === "null" || serialized.test(origin)) return [];
      return denialAspects(exchange);
    },
  },
  {
    id: "null-by-pattern",
    reason:
      'The origin `null`, which any page can have, is allowed by `exact: "null"` alone in ours, and by each pattern that fits in Envoy\'s.',
    explains: (exchange) =>
      originOf(exchange) === "null" && exchange.variant.name !== "loose" ? denialAspects(exchange) : [],
  },
  {
    id: "denied-preflights",
    reason:
      "The answer to another origin's preflight says nothing in ours. Envoy's lacks the origin alone, and says methods, headers, age and credentials.",
    explains(exchange) {
      const {
        variant: { name },
        ours,
        native,
      } = exchange;
      const isDenied = ours.reached === "no" && native.reached === "no" && native[originAspect] === none;
      const isSilent = permissionAspects.every((aspect) => ours[aspect] === none);
      return name === "trusted" && isPreflight(exchange) && isDenied && isSilent ? permissionAspects : [];
    },
  },
  {
    id: "other-origins-preflights",
    reason:
      "Unless told otherwise, ours answers preflights of other origins without a permission. Envoy's sends them to the upstream: `forward_not_matching_preflights` is on unless it is set.",
    explains(exchange) {
      const isDefault = exchange.variant.name === "defaults" && isPreflight(exchange);
      const isOther = exchange.ours.reached === "no" && exchange.native.reached === "yes";
      return isDefault && isOther ? [...passage, ...permissionAspects] : [];
    },
  },
];

/** What differs where Envoy's filter gives a permission and ours does not. */
function denialAspects(exchange: Exchange): string[] {
  const { ours, native, sent } = exchange;
  const own = sent.answer.lines.map(([name]) => `client ${name}`);
  const isDenied = permissionAspects.every((aspect) => ours[aspect] === none || own.includes(aspect));
  if (!isDenied || native[originAspect] === none) return [];
  const isForwarded = isOthersUpstreams(exchange) && isPreflight(exchange);
  return [...permissionAspects, ...(isForwarded ? passage : [])];
}

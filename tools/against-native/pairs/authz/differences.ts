import type { Bytes } from "../../../traffic/bytes.js";
import type { Deliberate, Exchange } from "../../pair.js";
import { valuesIn } from "../make.js";
import { isAllowed, normalPath, type OwnRule } from "./oracle.js";

const decision = ["status", "reached", "path", "upstream x-role"];

function pathOf({ sent }: Exchange): Bytes | null {
  return normalPath(sent.request.path);
}

/** Whether ours has decided as its rules, read anew, decide about the path in normal form. */
function followsRules(exchange: Exchange): boolean {
  const { rules } = exchange.variant.ours as { rules: OwnRule[] };
  const path = pathOf(exchange);
  const allows = path !== null && isAllowed(rules, exchange.sent.request, path);
  return allows === (exchange.ours.reached === "yes");
}

export const deliberate: Deliberate[] = [
  {
    id: "ambiguous-path",
    reason:
      "Ours refuses, with 400, a path that servers may read differently: encoded slashes, backslashes and control characters, malformed escapes, `;` behind dots. Envoy's compares it as it stands.",
    explains: (exchange) =>
      exchange.ours.status === "400" && exchange.ours.reached === "no" && pathOf(exchange) === null
        ? decision
        : [],
  },
  {
    id: "method-override",
    reason:
      "Where rules ask for methods, ours refuses, with 400, a request that asks the upstream to take it for one with another method. Envoy's looks at the method alone.",
    explains(exchange) {
      const { ours, sent } = exchange;
      const override = valuesIn(sent, "x-http-method-override");
      const isOther = override.some((value) => value.toLowerCase() !== sent.request.method.toLowerCase());
      return isOther && ours.status === "400" && ours.reached === "no" ? decision : [];
    },
  },
  {
    id: "normal-path",
    reason:
      "Ours compares paths in normal form: dots resolved, slashes merged, escapes of plain characters decoded, parameters left out. Envoy's compares what stands there, which is in normal form only where the listener makes it so, parameters aside.",
    safe: "The path is the one that the rule allows, to each server that resolves it; the generated configuration has Envoy write it so.",
    explains(exchange) {
      const given = exchange.sent.request.path.split("?")[0];
      const isOther = pathOf(exchange) !== null && pathOf(exchange) !== given;
      return isOther && followsRules(exchange) ? decision : [];
    },
  },
  {
    id: "contradicting-lines",
    reason:
      "Where a header stands in several lines of which not all fit, ours allows nothing for it and denies everything. Envoy's compares the lines joined with commas.",
    explains(exchange) {
      const values = valuesIn(exchange.sent, "x-role");
      const isStricter = exchange.ours.reached === "no" && exchange.native.reached === "yes";
      return values.length > 1 && isStricter && followsRules(exchange) ? decision : [];
    },
  },
];

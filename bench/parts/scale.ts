import { readFileSync } from "node:fs";
import { instructionsPerRequest } from "../memory/scale.js";
import type { Limit } from "../limits.js";
import type { PartResult } from "../part.js";
import { decimal, table } from "../table.js";
import { variant, type Variants } from "../variants/built.js";

/** Variants whose cost is compared: one without a heap, one that collects between callbacks, two that do all the time. */
export const SCALED = ["w1-string", "w1-setting", "w1-stateful", "memory-incremental"];

const CONFIGURATIONS: Record<string, string> = { "memory-incremental": '{"mark":"one"}' };
const FEW = 1;
const MANY = 10_000;
/** A look-up that meets others on its way may take a step more; a cost that grows with the streams would be a thousandfold. */
const AT_MOST = 1.1;
const FULL = 20_000;
const QUICK = 400;
const NOTE =
  `Wasm instructions of one request, from proxy_on_context_create to proxy_on_delete, while ${FEW} or ${MANY} other streams` +
  " are open; what the collector does meanwhile is in it. Charged as in the part `guest`.";

/** Whether a request costs more when more streams are open. */
export function measureScale(variants: Variants, quick: boolean): PartResult {
  const requests = quick ? QUICK : FULL;
  const rows = SCALED.map((module) => ({ module, ...costs(variants, module, requests) }));
  const cells = rows.map(({ module, few, many }) => [
    module,
    decimal(few),
    decimal(many),
    decimal(many / few),
  ]);
  const limits = rows.map(({ module, few, many }): Limit => {
    return {
      name: `${module}: cost with ${MANY} open streams, over that with ${FEW}`,
      value: many / few,
      atMost: AT_MOST,
      unit: "",
    };
  });
  const head = ["module", `${FEW} open`, `${MANY} open`, "ratio"];
  return { title: "Cost per request by open streams", text: `${table(head, cells)}\n\n${NOTE}`, limits };
}

function costs(variants: Variants, module: string, requests: number) {
  const built = variant(variants, module);
  if ("missing" in built) throw new Error(`${module}: ${built.missing}`);
  const binary = readFileSync(built.path);
  const configuration = CONFIGURATIONS[module];
  const cost = (open: number): number => instructionsPerRequest(binary, { configuration }, open, requests);
  return { few: cost(FEW), many: cost(MANY) };
}

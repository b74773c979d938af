import type { Deliberate, Exchange, Pair, Sent, Variant, View } from "./pair.js";

/** What came of one request. */
export interface Verdict {
  /** Ids of the deliberate differences that explain it; none where the filters agree. */
  deliberate: string[];
  /** Aspects that differ and that nothing explains. */
  unexplained: string[];
  /** Whether ours lets more happen, and nothing says why that is safe. */
  permissive: boolean;
}

export function judge(pair: Pair, variant: Variant, sent: Sent, ours: View, native: View): Verdict {
  const differing = Object.keys(ours).filter((aspect) => ours[aspect] !== native[aspect]);
  const exchange = { variant, sent, ours, native, differing };
  const isMore = (pair.permits ?? lets)(ours, native);
  const cases = differing.length > 0 ? matching(pair.deliberate, exchange) : [];
  const explained = new Set(cases.flatMap(({ aspects }) => aspects));
  return {
    deliberate: cases.map(({ id }) => id),
    unexplained: differing.filter((aspect) => !explained.has(aspect)),
    permissive: isMore && !cases.some(({ isSafe }) => isSafe),
  };
}

export function isFinding({ unexplained, permissive }: Verdict): boolean {
  return unexplained.length > 0 || permissive;
}

function matching(deliberate: readonly Deliberate[], exchange: Exchange) {
  return deliberate
    .map((one) => ({
      id: one.id,
      isSafe: one.safe !== undefined,
      aspects: one.explains(exchange).filter((aspect) => exchange.differing.includes(aspect)),
    }))
    .filter(({ aspects }) => aspects.length > 0);
}

function lets(ours: View, native: View): boolean {
  return ours.reached === "yes" && native.reached === "no";
}

import type { Metrics } from "../traffic/host.js";

const prefix = "wasmcustom.";
const query = "filter=%5Ewasmcustom%5C.&format=json&histogram_buckets=detailed";

interface Stats {
  stats: (Stat | { histograms: { details?: { name: string; totals: { count: number }[] }[] } })[];
}

interface Stat {
  name: string;
  value: number;
}

/** What filters counted so far. Envoy adds up what was recorded in histograms when it is asked: ask once before. */
export async function readMetrics(adminPort: number): Promise<Metrics> {
  const url = `http://127.0.0.1:${adminPort}/stats?${query}`;
  const signal = AbortSignal.timeout(5000);
  await (await fetch(url, { signal })).text();
  const { stats } = (await (await fetch(url, { signal })).json()) as Stats;
  return Object.fromEntries(
    stats.flatMap((stat) => ("name" in stat ? [plain(stat)] : counts(stat.histograms))),
  );
}

function plain({ name, value }: Stat): [string, number] {
  return [name.slice(prefix.length), value];
}

function counts({
  details = [],
}: {
  details?: { name: string; totals: { count: number }[] }[];
}): [string, number][] {
  return details.map(({ name, totals }) => [
    // In front of the tags, which the library writes behind the name.
    name.slice(prefix.length).replace(/(?=\.;|$)/, "_count"),
    totals.reduce((sum, { count }) => sum + count, 0),
  ]);
}

import type { DemoRequest, Headers, Manifest } from "../manifest/manifest.js";
import { parseCallees, parseCase, type Callee, type TrafficCase } from "../traffic/index.js";

/** What a chain shows of one of its filters. */
export interface Scene {
  filter: string;
  summary: string;
  cases: TrafficCase[];
}

/**
 * The demo of a chain: each filter's requests, with what they must carry to get past the other filters.
 * A `UserError` for a request that is none.
 */
export function planDemo(chain: readonly Manifest[]): Scene[] {
  return chain.map((manifest) => {
    const others = chain.filter((other) => other !== manifest);
    const requests = manifest.demo?.requests ?? [];
    const cases = requests.map((request, index) =>
      parseCase(withPasses(request, others), `${manifest.path}: demo.requests[${index}]`),
    );
    return { filter: manifest.name, summary: manifest.summary, cases };
  });
}

/** What callees of the chain answer in its demo; those of which no manifest says it are not among them. */
export function planCallees(chain: readonly Manifest[]): Record<string, Callee> {
  const planned = chain.map(({ demo, path }) => parseCallees(demo?.callees ?? {}, `${path}: demo.callees`));
  return Object.assign({}, ...planned);
}

/** What the request says itself goes first. */
function withPasses(request: DemoRequest, others: readonly Manifest[]): DemoRequest {
  const headers = linesOf(request.send.headers);
  for (const pass of others.flatMap((other) => linesOf(other.demo?.pass?.headers))) {
    if (!headers.some(([name]) => name.toLowerCase() === pass[0].toLowerCase())) headers.push(pass);
  }
  return { ...request, send: { ...request.send, headers } };
}

function linesOf(headers: Headers = {}): Extract<Headers, unknown[]> {
  if (Array.isArray(headers)) return [...headers];
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): [string, typeof value] => [name, value]),
  );
}

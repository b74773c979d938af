import { show } from "../bytes.js";
import type { Bytes } from "../bytes.js";
import type {
  ClientExpectation,
  HeaderExpectation,
  Match,
  MessageExpectation,
  UpstreamExpectation,
} from "../case/types.js";
import { valuesOf } from "../wire/message.js";
import type { Line, Seen, SeenRequest, SeenResponse } from "../wire/message.js";
import type { Arrival } from "../wire/upstream.js";
import { equalTo, matches, showList, showMatch } from "./match.js";

/** A sentence for each way in which what the client saw is not as expected. */
export function compareClient(expected: ClientExpectation | null, seen: SeenResponse): string[] {
  const text = seen.fault?.text ?? "";
  if (seen.fault && !(seen.fault.kind === "cut" && expected?.cut)) {
    const status = seen.status === 0 ? "" : ` (after status ${seen.status})`;
    return [`client: ${text}${status}`];
  }
  if (expected === null) return [];
  return [
    ...compareStatus(expected, seen),
    ...compareInformational(expected, seen),
    ...compareMessage("client", expected, seen),
  ];
}

/** The same for the upstream, which must have got one whole request unless told otherwise, and never more. */
export function compareUpstream(expected: UpstreamExpectation | "none" | null, arrival: Arrival): string[] {
  const faults = arrival.faults.map((fault) => `upstream: got ${fault}`);
  const { requests } = arrival;
  if (expected === null && requests.length < 2) return faults;
  if (expected === "none")
    return [...requests.map((one) => `upstream: expected no request, ${saw(one)}`), ...faults];
  if (expected === null || requests.length !== 1) {
    const list = requests.length === 0 ? "saw none" : requests.map(saw).join(", ");
    return [`upstream: expected one request, ${list}`, ...faults];
  }
  return [...compareRequest("upstream", expected, requests[0]!), ...faults];
}

/** A sentence for each way in which a request is not as expected by `side`, which got it. */
export function compareRequest(side: string, expected: UpstreamExpectation, seen: SeenRequest): string[] {
  const method = expected.method === null ? null : equalTo(expected.method);
  return [
    ...compareText(`${side} method`, method, seen.method),
    ...compareText(`${side} path`, expected.path, seen.path),
    ...compareWhole(side, expected, seen),
    ...compareMessage(side, expected, seen),
  ];
}

function compareWhole(side: string, expected: UpstreamExpectation, seen: SeenRequest): string[] {
  if (seen.complete || expected.cut) return [];
  return [`${side}: the request is not complete: ${seen.fault?.text ?? "the rest still has to come"}`];
}

function saw(request: SeenRequest): string {
  return `saw ${request.method} ${request.path}`;
}

function compareStatus(expected: ClientExpectation, seen: SeenResponse): string[] {
  if (expected.status === null || expected.status === seen.status) return [];
  return [`client status: expected ${expected.status}, saw ${seen.status} with the body ${show(seen.body)}`];
}

function compareInformational(expected: ClientExpectation, seen: SeenResponse): string[] {
  if (expected.informational === null) return [];
  const [wanted, got] = [expected.informational.map(String), seen.informational.map(String)];
  if (wanted.join() === got.join()) return [];
  return [`client informational: expected ${showList(wanted)}, saw ${showList(got)}`];
}

function compareMessage(side: string, expected: MessageExpectation, seen: Seen): string[] {
  return [
    ...(expected.cut && seen.complete ? [`${side}: expected a message cut short, saw a complete one`] : []),
    ...expected.headers.flatMap((one) => compareHeader(`${side} header`, one, seen.lines)),
    ...expected.without.flatMap((name) => compareAbsent(`${side} header`, name, seen.lines)),
    ...compareText(`${side} body`, expected.body, seen.body),
    ...expected.trailers.flatMap((one) => compareHeader(`${side} trailer`, one, seen.trailers)),
  ];
}

function compareHeader(what: string, expected: HeaderExpectation, lines: readonly Line[]): string[] {
  const values = valuesOf(lines, expected.name);
  const same =
    values.length === expected.values.length &&
    values.every((value, at) => matches(expected.values[at]!, value));
  if (same) return [];
  const wanted = showList(expected.values.map(showMatch));
  return [`${what} ${expected.name}: expected ${wanted}, saw ${showList(values.map(show))}`];
}

function compareAbsent(what: string, name: string, lines: readonly Line[]): string[] {
  const values = valuesOf(lines, name);
  return values.length === 0 ? [] : [`${what} ${name}: expected none, saw ${showList(values.map(show))}`];
}

function compareText(what: string, expected: Match | null, seen: Bytes): string[] {
  if (expected === null || matches(expected, seen)) return [];
  return [`${what}: expected ${showMatch(expected)}, saw ${show(seen)}`];
}

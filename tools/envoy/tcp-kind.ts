import { UserError } from "../errors.js";

/** What a filter filters: HTTP exchanges, or the bytes of a TCP connection. */
export type FilterKind = "http" | "tcp";

/** The kind of a chain's filters. A UserError where they differ: a listener hands on either requests or bytes. */
export function chainKind(chain: readonly { name: string; kind: FilterKind }[]): FilterKind {
  const kind = chain[0]?.kind ?? "http";
  const other = chain.find((one) => one.kind !== kind);
  if (!other) return kind;
  const [http, tcp] = kind === "http" ? [chain[0]!, other] : [other, chain[0]!];
  throw new UserError(
    `a chain holds filters of one kind: ${http.name} is for HTTP, ${tcp.name} for TCP`,
    "Give each kind a chain of its own.",
  );
}

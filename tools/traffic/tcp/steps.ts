import type { Bytes } from "../bytes.js";
import type { RawMatch, RawValue } from "../case/raw.js";
import type { Match } from "../case/types.js";
import { matchOf, millisecondsOf } from "../case/values.js";
import { bytesOf } from "../mint/index.js";

export type Side = "client" | "upstream";

/** What is done or must be seen, on one side of one connection; for a wait neither matters. */
export interface Step {
  /** As the file names it, for messages. */
  name: string;
  /** Which of the case's connections it is about. */
  connection: string;
  side: Side;
  action:
    | { kind: "connects" | "closes" | "breaks" | "sees-end" }
    | { kind: "sends"; bytes: Bytes }
    | { kind: "sees"; match: Match }
    | { kind: Waiting; forMs: number };
}

type Waiting = "sees-nothing" | "sees-no-connection" | "waits";

interface RawRepeated {
  repeated: RawValue;
  times: number;
}

type RawSent = RawValue | RawRepeated;
type RawSeen = RawMatch | RawRepeated;

/** A step as the JSON Schema lets it through: exactly one of the actions. */
export interface RawStep {
  connection?: string;
  client_connects?: true;
  client_sends?: RawSent;
  client_sees?: RawSeen;
  client_sees_nothing?: string;
  client_sees_end?: true;
  client_closes?: true;
  client_breaks?: true;
  upstream_sends?: RawSent;
  upstream_sees?: RawSeen;
  upstream_sees_nothing?: string;
  upstream_sees_no_connection?: string;
  upstream_sees_end?: true;
  upstream_closes?: true;
  upstream_breaks?: true;
  waits?: string;
}

const DEFAULT_CONNECTION = "first";

export function stepsOf(raw: readonly RawStep[] | undefined): Step[] | null {
  return raw?.map(stepOf) ?? null;
}

function stepOf({ connection = DEFAULT_CONNECTION, ...actions }: RawStep): Step {
  const [name, value] = Object.entries(actions)[0]!;
  if (name === "waits")
    return { name, connection, side: "client", action: waiting("waits", value as string) };
  const [side, ...words] = name.split("_");
  return { name, connection, side: side as Side, action: actionOf(words.join("-"), value) };
}

function actionOf(kind: string, value: unknown): Step["action"] {
  if (kind === "sends") return { kind, bytes: sentBytes(value as RawSent) };
  if (kind === "sees") return { kind, match: seenMatch(value as RawSeen) };
  if (kind === "sees-nothing" || kind === "sees-no-connection") return waiting(kind, value as string);
  return { kind: kind as "connects" | "closes" | "breaks" | "sees-end" };
}

function waiting(kind: Waiting, duration: string): Step["action"] {
  return { kind, forMs: millisecondsOf(duration) };
}

function sentBytes(value: RawSent): Bytes {
  return isRepeated(value) ? bytesOf(value.repeated).repeat(value.times) : bytesOf(value);
}

function seenMatch(value: RawSeen): Match {
  return isRepeated(value) ? { kind: "equals", bytes: sentBytes(value) } : matchOf(value);
}

function isRepeated(value: RawSent | RawSeen): value is RawRepeated {
  return typeof value === "object" && "repeated" in value;
}

import type { Protocol, Response } from "../wire/message.js";
import type { RawHeaders, RawValue } from "../case/raw.js";
import type { UpstreamExpectation } from "../case/types.js";

/** A cluster that filters call, played by a server of its own. */
export interface Callee {
  protocol: Protocol;
  /** Nobody listens. */
  down: boolean;
  /** For one call after the other; the last one for all that follow. */
  answers: Response[];
}

/** What a callee must have seen during a case: exactly these requests in this order, or nothing at all. */
export type CalledExpectation = UpstreamExpectation[] | "none";

export interface RawAnswer {
  status?: number;
  headers?: RawHeaders;
  body?: RawValue;
  chunks?: RawValue[];
  trailers?: RawHeaders;
  delay?: string;
  breaks?: boolean;
  grpc?: { messages?: RawValue[]; status?: number; message?: string; metadata?: RawHeaders };
}

/** `down`, `stall`, an answer, or answers for one call after the other. */
export type RawCallee = "down" | "stall" | RawAnswer | (RawAnswer | "stall")[];

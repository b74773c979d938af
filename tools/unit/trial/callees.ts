import type { Emulator, Header } from "../../emulator/index.js";
import type { Upstream } from "../../emulator/proxy/upstream.js";
import { CalleeCall, type Behaviour, type Schedule } from "./callee-call.js";
import type { GuestText } from "./guest-text.js";
import { type Message } from "./messages.js";
import { fromByteString } from "./odd-bytes.js";

type Functions = Record<string, (...args: never[]) => number | boolean | void>;

/** The clusters that a spec's filters may call. */
export class Callees {
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #calls = new Map<string, CalleeCall[]>();

  constructor(private readonly emulator: () => Emulator) {}

  /** The cluster is there; it stalls until it is told otherwise. */
  know(cluster: string): void {
    if (!this.#behaviours.has(cluster)) this.set(cluster, { does: "stall" });
  }

  /** From now on the cluster is there and does this. */
  set(cluster: string, behaviour: Behaviour): void {
    this.#behaviours.set(cluster, behaviour);
    if (!this.#calls.has(cluster)) this.#calls.set(cluster, []);
  }

  /** What a cluster was sent, oldest first. */
  calls(cluster: string): readonly CalleeCall[] {
    return this.#calls.get(cluster) ?? [];
  }

  readonly #schedule: Schedule = (milliseconds, action) => {
    const { clock, surroundings } = this.emulator();
    if (milliseconds > 0) clock.after(milliseconds, action);
    else surroundings.loop.post(action);
  };

  /** Where the emulator sends calls to. */
  readonly find = (cluster: string): Upstream | null => {
    const behaviour = this.#behaviours.get(cluster);
    if (!behaviour) return null;
    return {
      open: (headers, end, events) => {
        const call = new CalleeCall(behaviour, this.#schedule, events, headers);
        if (behaviour.does !== "refuse") this.#calls.get(cluster)!.push(call);
        call.begin(end);
        return call;
      },
      close: () => {},
    };
  };
}

/** What a callee does without an answer of the spec's, as the spec's side numbers it. */
const WITHOUT_ANSWER = ["refuse", "stall", "break", "echo"] as const;

/** What `assembly/testing/harness.ts` declares of callees. */
export function calleeFunctions(callees: Callees, text: GuestText, messages: readonly Message[]): Functions {
  const call = (cluster: number, index: number) => callees.calls(text.read(cluster))[index];
  const line = (lines: readonly Header[] | undefined, name: number, nth: number) => {
    const value = lines?.filter(([key]) => key === text.read(name).toLowerCase())[nth]?.[1];
    return text.leave(value === undefined ? null : fromByteString(value));
  };
  return {
    callee_there: (cluster: number) => callees.know(text.read(cluster)),
    callee_answers: (cluster: number, message: number, afterMs: number) =>
      callees.set(text.read(cluster), { does: "answer", message: messages[message]!, afterMs }),
    callee_does: (cluster: number, what: number) =>
      callees.set(text.read(cluster), { does: WITHOUT_ANSWER[what]! }),
    callee_calls: (cluster: number) => callees.calls(text.read(cluster)).length,
    call_cancelled: (cluster: number, index: number) => call(cluster, index)!.cancelled,
    call_header: (cluster: number, index: number, name: number, nth: number) =>
      line(call(cluster, index)?.arrived.headers, name, nth),
    call_trailer: (cluster: number, index: number, name: number, nth: number) =>
      line(call(cluster, index)?.arrived.trailers, name, nth),
    call_body: (cluster: number, index: number) => text.leave(call(cluster, index)?.arrived.body ?? null),
  };
}

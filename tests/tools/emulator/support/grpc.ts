import type { Header } from "../../../../tools/emulator/index.js";
import { called, type Call } from "./calling.js";

/** Operations of the calling probe. */
export const unary = (ms = 500) => `rh gcall @authz my.Service Check x-m=v ping ${ms}`;
export const stream = "rh gstream @authz my.Service Watch -";
export const look = ["gi pairs 4", "gr body 5", "gt pairs 5", "gc status"];

export const grpc: Header[] = [
  [":status", "200"],
  ["content-type", "application/grpc"],
];

export function frame(text: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(text.length, 1);
  return Buffer.concat([head, Buffer.from(text, "latin1")]);
}

/** Answers with headers, messages and trailers. */
export function answer({ answer }: Call, messages: string[], trailers: Header[]): void {
  answer.headers([...grpc], false);
  for (const message of messages) answer.data(frame(message), false);
  answer.trailers(trailers);
}

/** What the guest said once the callee had done its part. */
export async function outcome(script: string[], play: (call: Call) => void): Promise<string[]> {
  const { calls, said } = await called(["trace", ...script, ...look]);
  said();
  play(calls[0]!);
  return said();
}

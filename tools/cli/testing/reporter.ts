import { inspect } from "node:util";
import type { TestEvent } from "node:test/reporters";

/** What became of one test, as a line of JSON for the process that started the runner. */
export interface ToolTest {
  verdict: "passed" | "failed" | "skipped";
  name: string;
  file: string;
  line: number;
  error: string;
}

/** A reporter for `node --test`. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    if (!isGroup(event)) yield `${JSON.stringify(outcome(event))}\n`;
  }
}

type Ended = Extract<TestEvent, { type: "test:pass" | "test:fail" }>;

/** Suites, and tests that failed because one within them did, would count twice. */
function isGroup({ type, data }: Ended): boolean {
  if (type === "test:pass") return data.details.type === "suite";
  return (data.details.error as { failureType?: string }).failureType === "subtestsFailed";
}

function outcome({ type, data }: Ended): ToolTest {
  const idle = data.skip !== undefined || data.todo !== undefined;
  const error = type === "test:fail" ? shown(data.details.error.cause ?? data.details.error) : "";
  const verdict = idle ? "skipped" : type === "test:pass" ? "passed" : "failed";
  return { verdict, name: data.name, file: data.file ?? "", line: data.line ?? 0, error };
}

/** Message and stack, without the frames of Node itself. */
function shown(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const lines = (error.stack ?? error.message).split("\n");
  return lines.filter((line) => !/^ +at .*\bnode:/.test(line)).join("\n");
}

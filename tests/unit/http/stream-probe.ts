import { Action, Bytes, Chunk, Exchange, HttpFilter, register } from "meshscript/assembly";
import { Message, Seen, Trial } from "meshscript/assembly/testing";

export type Step = (x: Exchange) => Action;
export type End = (x: Exchange) => void;
export type Part = (x: Exchange, chunk: Chunk) => void;

function pass(x: Exchange): Action {
  return Action.Continue;
}

function nothing(x: Exchange): void {}

function leave(x: Exchange, chunk: Chunk): void {}

/** What a test wants done in each callback; a body's step runs when all of it has come. */
export class Steps {
  request: Step = pass;
  requestBody: Step = pass;
  requestTrailers: Step = pass;
  wholeRequest: Step = pass;
  requestChunk: Part = leave;
  response: Step = pass;
  responseBody: Step = pass;
  responseTrailers: Step = pass;
  wholeResponse: Step = pass;
  responseChunk: Part = leave;
  tick: End = nothing;
  log: End = nothing;
  end: End = nothing;
}

/** What the next exchanges meet. */
export let steps: Steps = new Steps();

/** The exchange that was begun last, kept beyond its callbacks. */
export let kept: Exchange | null = null;

class StreamProbe extends HttpFilter {
  override onRequest(x: Exchange): Action {
    kept = x;
    return steps.request(x);
  }

  override onRequestBody(x: Exchange, end: bool): Action {
    return end ? steps.requestBody(x) : Action.Pause;
  }

  override onRequestTrailers(x: Exchange): Action {
    return steps.requestTrailers(x);
  }

  override onWholeRequest(x: Exchange, body: Bytes): Action {
    expect(body.length).toBe(x.request.body.length);
    return steps.wholeRequest(x);
  }

  override onRequestChunk(x: Exchange, chunk: Chunk): void {
    steps.requestChunk(x, chunk);
  }

  override onResponse(x: Exchange): Action {
    return steps.response(x);
  }

  override onResponseBody(x: Exchange, end: bool): Action {
    return end ? steps.responseBody(x) : Action.Pause;
  }

  override onResponseTrailers(x: Exchange): Action {
    return steps.responseTrailers(x);
  }

  override onWholeResponse(x: Exchange, body: Bytes): Action {
    return steps.wholeResponse(x);
  }

  override onResponseChunk(x: Exchange, chunk: Chunk): void {
    steps.responseChunk(x, chunk);
  }

  override onTick(): void {
    if (kept !== null) steps.tick(kept!);
  }

  override onLog(x: Exchange): void {
    steps.log(x);
  }

  override onEnd(x: Exchange): void {
    steps.end(x);
  }
}

register<StreamProbe>();

let current: Trial | null = null;
let seenLines: i32 = 0;

/** The plugin under test. */
export function trial(): Trial {
  if (current === null) current = new Trial();
  return current!;
}

/** Begins a test: no step does anything, and nothing is logged yet. */
export function afresh(): Steps {
  steps = new Steps();
  newLines();
  return steps;
}

export function send(message: Message): Seen {
  return trial().send(message);
}

/** What the plugin has logged since the last time. */
export function newLines(): string[] {
  const lines = trial().logs();
  const fresh: string[] = [];
  for (let i = seenLines; i < lines.length; ++i) fresh.push(lines[i].text);
  seenLines = lines.length;
  return fresh;
}

import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
import { Message, Request, Seen, Trial } from "meshscript/assembly/testing";

export type Step = (x: Exchange) => Action;

function pass(x: Exchange): Action {
  return Action.Continue;
}

let requestStep: Step = pass;
let responseStep: Step = pass;

/** Does in its callbacks what a test wants done there; a failed expectation in there fails the test. */
class Probe extends HttpFilter {
  override onRequest(x: Exchange): Action {
    return requestStep(x);
  }

  override onResponse(x: Exchange): Action {
    return responseStep(x);
  }
}

register<Probe>();

let current: Trial | null = null;

/** The plugin under test. */
export function trial(): Trial {
  if (current === null) current = new Trial();
  return current as Trial;
}

/** Sends a request and does a step when its headers arrive. */
export function onRequest(step: Step, request: Message = new Request()): Seen {
  requestStep = step;
  responseStep = pass;
  return trial().send(request);
}

/** Sends a request and does a step when the response's headers arrive. */
export function onResponse(step: Step, answer: Message): Seen {
  requestStep = pass;
  responseStep = step;
  trial().upstream(answer);
  return trial().send(new Request());
}

/** Does a step in both callbacks. */
export function onBoth(request: Step, response: Step): Seen {
  requestStep = request;
  responseStep = response;
  return trial().send(new Request());
}

/** What the plugin has logged since the last time. */
export function newLines(): string[] {
  const lines = trial().logs();
  const fresh: string[] = [];
  for (let i = seenLines; i < lines.length; ++i) fresh.push(lines[i].text);
  seenLines = lines.length;
  return fresh;
}

let seenLines: i32 = 0;

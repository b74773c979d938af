import { Action, Call, CallResponse, Exchange, GrpcStream, HttpFilter, register } from "meshscript/assembly";
import { Message, OpenExchange, Request, Seen, Trial } from "meshscript/assembly/testing";

export class Visit extends Exchange {
  sent: Call[] = [];
  ends: i32 = 0;
}

export type Step = (x: Visit) => Action;
export type End = (x: Visit, response: CallResponse) => Action;
export type Fetched = (filter: Probe, response: CallResponse) => void;
export type Own = (filter: Probe) => void;

function pass(x: Visit): Action {
  return Action.Continue;
}

let requestStep: Step = pass;
let responseStep: Step = pass;
let endStep: End = (x: Visit, response: CallResponse): Action => Action.Continue;
let fetchedStep: Fetched = (filter: Probe, response: CallResponse): void => {};
let ownStep: Own = (filter: Probe): void => {};
let configureStep: Own = (filter: Probe): void => {};

/** How often the end of a call was told. */
export let told: i32 = 0;
/** How many exchanges ended. */
export let gone: i32 = 0;

/** Does in its callbacks what a test wants done there. */
export class Probe extends HttpFilter<Visit> {
  override onConfigure(): void {
    configureStep(this);
  }

  override onRequest(x: Visit): Action {
    return requestStep(x);
  }

  override onResponse(x: Visit): Action {
    return responseStep(x);
  }

  override onCallResponse(x: Visit, response: CallResponse): Action {
    ++told;
    ++x.ends;
    return endStep(x, response);
  }

  override onFetched(response: CallResponse): void {
    ++told;
    fetchedStep(this, response);
  }

  override onTick(): void {
    ownStep(this);
  }

  override onEnd(x: Visit): void {
    ++gone;
  }
}

register<Probe>();

let current: Trial | null = null;

/** The plugin under test. */
export function trial(): Trial {
  if (current === null) current = new Trial();
  return current as Trial;
}

/** What requests do from now on, and what becomes of their calls. */
export function asks(request: Step, end: End): void {
  requestStep = request;
  responseStep = pass;
  endStep = end;
  told = 0;
  gone = 0;
}

/** What responses do from now on. */
export function asksLater(response: Step): void {
  responseStep = response;
}

/** What the filter does by itself on a tick, and with the answer. */
export function fetches(own: Own, fetched: Fetched): void {
  ownStep = own;
  fetchedStep = fetched;
  told = 0;
}

/** What the filter does by itself when it is configured. */
export function configures(own: Own): void {
  configureStep = own;
}

export function open(request: Message = new Request()): OpenExchange {
  return trial().open(request);
}

export function send(request: Message = new Request()): Seen {
  return trial().send(request);
}

let seenLines: i32 = 0;

/** What the plugin has logged since the last time. */
export function newLines(): string[] {
  const lines = trial().logs();
  const fresh: string[] = [];
  for (let i = seenLines; i < lines.length; ++i) fresh.push(lines[i].text);
  seenLines = lines.length;
  return fresh;
}

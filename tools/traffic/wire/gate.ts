import { valuesOf } from "./message.js";
import type { Request } from "./message.js";

/** How long a client holds its body back when nobody answers its "expect: 100-continue". */
const CONTINUE_WAIT_MS = 1000;

/** Holds a request's body back until 100 or a final answer, when the request expects that. */
export interface Gate {
  /** Whether the body is to be sent. */
  opened: Promise<boolean>;
  /** The first call counts. */
  open(sendBody: boolean): void;
}

export function openGate(request: Request): Gate {
  let settle = (_sendBody: boolean): void => {};
  const opened = new Promise<boolean>((resolve) => (settle = resolve));
  const timer = setTimeout(() => settle(true), CONTINUE_WAIT_MS);
  const open = (sendBody: boolean): void => {
    clearTimeout(timer);
    settle(sendBody);
  };
  if (!expectsContinue(request)) open(true);
  return { opened, open };
}

export function expectsContinue(message: Pick<Request, "lines">): boolean {
  return valuesOf(message.lines, "expect").some((value) => value.toLowerCase() === "100-continue");
}

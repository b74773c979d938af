import { Urgency, put, write } from "../abi/line";
import { utf8 } from "../abi/wire";

// What comes too late to be done as it was meant.

/** The stream is over: a host that is asked to answer or to cut it then would tell of its end again and again. */
export function refuseOver(): bool {
  put(utf8("refused a reply or a reset: the exchange is over"));
  write(Urgency.Error);
  return false;
}

/** The response's headers have gone on: the host can only cut what follows. */
export function warnAnswered(): void {
  put(utf8("a reply comes after the response's headers have gone on: the response is cut short"));
  write(Urgency.Error);
}

import type { DataVerdict, HeadersVerdict, TrailersVerdict } from "./http/filter.js";
import { breach } from "./host-functions/call.js";
import type { StreamContext } from "./stream-context.js";

const headersVerdicts: readonly HeadersVerdict[] = [
  "continue",
  "stop",
  "continue",
  "stop-all-buffer",
  "stop-all-watermark",
];
const dataVerdicts: readonly DataVerdict[] = ["continue", "buffer", "watermark", "no-buffer"];
const trailersVerdicts: readonly TrailersVerdict[] = ["continue", "stop"];

/** What a number returned from a headers callback means; null stands for a dead VM. */
export function headersVerdict(stream: StreamContext, action: number | null): HeadersVerdict {
  const verdict = choose(stream, headersVerdicts, action);
  const holdsBodyToo = verdict === "stop" && !stream.plugin.allowOnHeadersStopIteration;
  return holdsBodyToo ? "stop-all-watermark" : verdict;
}

export function dataVerdict(stream: StreamContext, action: number | null): DataVerdict {
  return choose(stream, dataVerdicts, action);
}

export function trailersVerdict(stream: StreamContext, action: number | null): TrailersVerdict {
  return choose(stream, trailersVerdicts, action);
}

/** A dead VM, a local reply and an unknown number all stop as firmly as can be: the last verdict of the list. */
function choose<T>({ vm, id }: StreamContext, verdicts: readonly T[], action: number | null): T {
  const firmest = verdicts.at(-1)!;
  if (action === null || vm.stopIteration) return firmest;
  if (action >= verdicts.length)
    breach(vm, `context ${id}: a callback returned ${action}, which is no action`);
  return verdicts[action] ?? firmest;
}

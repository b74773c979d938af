import { bytesOfText, show } from "./bytes.js";
import type { Observed } from "./play/result.js";
import type { Line, Seen } from "./wire/message.js";

const INDENT = " ".repeat(12);

/** What client and upstream saw and the filters logged, line by line. */
export function showObserved(observed: Observed | undefined): string[] {
  if (observed === undefined) return [];
  const { client, upstream, logs } = observed;
  return [
    ...upstream.requests.flatMap((one) => [`upstream saw ${one.method} ${one.path}`, ...messageLines(one)]),
    `client saw ${client.status === 0 ? "no status" : client.status}`,
    ...messageLines(client),
    ...logs.map((line) => `log ${show(bytesOfText(line))}`),
  ].map((line) => INDENT + line);
}

function messageLines(seen: Seen): string[] {
  return [
    ...seen.lines.map(headerLine),
    ...(seen.body === "" ? [] : [`  body ${show(seen.body)}`]),
    ...seen.trailers.map((line) => `  trailer${headerLine(line)}`),
    ...(seen.fault ? [`  ${seen.fault.text}`] : []),
  ];
}

function headerLine([name, value]: Line): string {
  return `  ${name}: ${show(value)}`;
}

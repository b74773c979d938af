import { randomBytes } from "node:crypto";

export interface LogLine {
  level: string;
  /** Envoy's own name for the part that speaks: `wasm`, `main`, `config`. */
  component: string;
  text: string;
}

/** A host may run for weeks: of more lines than this, the older half is dropped. */
const keptLines = 20_000;

export interface LogReader {
  /** Hand this to Envoy as `--log-format`. */
  format: string;
  /** Takes output as it arrives. */
  feed(chunk: string): void;
  /** What was said lately, oldest first; the newest may still lack its end. */
  lines(): readonly LogLine[];
}

/** Reads Envoy's log. The mark that begins a line cannot be guessed, so no filter can fake another's line. */
export function logReader(): LogReader {
  const mark = `${randomBytes(6).toString("hex")}|`;
  const lines: LogLine[] = [];
  let rest = "";
  const take = (line: string) => {
    if (line.startsWith(mark)) lines.push(parse(line.slice(mark.length)));
    else continuation(lines, line);
    if (lines.length > keptLines) lines.splice(0, keptLines / 2);
  };
  return {
    format: `${mark}%l|%n|%v`,
    lines: () => lines,
    feed(chunk) {
      const complete = (rest + chunk).split("\n");
      rest = complete.pop()!;
      complete.forEach(take);
    },
  };
}

function parse(line: string): LogLine {
  const [level = "", component = "", ...text] = line.split("|");
  return { level: level === "warning" ? "warn" : level, component, text: text.join("|") };
}

/** Texts of several lines, and what Envoy prints past its log, belong to the line before. */
function continuation(lines: LogLine[], text: string): void {
  const last = lines.at(-1);
  if (last) last.text += `\n${text}`;
  else lines.push({ level: "error", component: "main", text });
}

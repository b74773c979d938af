import {
  askAll,
  eachIn,
  findingsIn,
  printStatus,
  publishedIn,
  someIn,
  waitFor,
  type Answer,
  type Expected,
  type Wanted,
} from "../rollout/index.js";
import { terminal } from "../terminal/index.js";
import { UsageError, named } from "./exit.js";
import { portOf } from "./port.js";

export interface StatusOptions {
  admin?: string[];
  /** A folder that was published to: what it holds is compared. */
  published?: string;
  wait?: string[];
  untilLive?: string;
  timeout?: string;
  json?: boolean;
}

const usualAdmin = "9901";
const usualSeconds = 30;

/** Prints what Envoys serve, at once or when they serve what is waited for; 1 where something is not as it should be. */
export async function status(options: StatusOptions, screen = terminal()): Promise<number> {
  const admins = (options.admin ?? [usualAdmin]).map(adminUrl);
  const { expected, wanted } = intentOf(options);
  const seconds = secondsOf(options.timeout, wanted !== undefined);
  const { outcome, answers } = wanted
    ? await waitFor(admins, wanted, seconds * 1000)
    : { outcome: null, answers: await askAll(admins) };
  const late = outcome === "late" ? [`not live everywhere within ${seconds} s`] : [];
  const findings = [...findingsIn(answers, expected), ...late];
  if (options.json) screen.line(JSON.stringify(forPrograms(answers, findings), null, 2));
  else printStatus(answers, findings, screen);
  return findings.length > 0 ? 1 : 0;
}

interface Intent {
  expected?: Expected;
  wanted?: Wanted;
}

function intentOf({ published, wait, untilLive }: StatusOptions): Intent {
  if (wait && untilLive !== undefined)
    throw new UsageError("--wait and --until-live are two ways to say what to wait for: give one");
  if (wait) return { wanted: someIn(wait) };
  if (untilLive !== undefined) {
    const expected = named(() => publishedIn(untilLive));
    return { expected, wanted: eachIn(expected.versions) };
  }
  return published === undefined ? {} : { expected: named(() => publishedIn(published)) };
}

function secondsOf(text: string | undefined, waits: boolean): number {
  if (text === undefined) return usualSeconds;
  if (!waits) throw new UsageError("--timeout is for --wait and --until-live");
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UsageError(`--timeout: expected seconds, got ${text}`);
}

/** A port on this machine, `host:port`, or a URL. */
function adminUrl(text: string): string {
  if (/^\d+$/.test(text)) return `http://127.0.0.1:${portOf(text, "--admin")}`;
  try {
    const url = new URL(/^https?:\/\//.test(text) ? text : `http://${text}`);
    if (url.pathname === "/" && url.search === "") return url.origin;
  } catch {
    // Said below.
  }
  throw new UsageError(`--admin: expected a port, host:port or URL, got ${text}`);
}

function forPrograms(answers: readonly Answer[], findings: readonly string[]): object {
  const envoys = answers.flatMap((answer) => ("state" in answer ? [answer.state] : []));
  return { envoys, findings };
}

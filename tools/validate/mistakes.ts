import { UserError } from "../errors.js";
import { found, merged, type Finding, type Outcome } from "./report.js";

type Spot = Pick<Finding, "file" | "line">;

const placed = /^(\S.*?):(\d+): (.*)$/;

/**
 * Does something with each; what goes wrong is found instead of thrown, at the place that the mistake names, else at
 * `spot`. Without one, a mistake that names no place is thrown: it is about what was asked for, not about a file.
 */
export async function each<From, To>(
  from: readonly From[],
  spot: ((one: From) => Spot) | null,
  work: (one: From) => To | Promise<To>,
): Promise<Outcome & { results: To[] }> {
  const results: To[] = [];
  const outcomes: Outcome[] = [];
  for (const one of from) {
    try {
      results.push(await work(one));
    } catch (error) {
      outcomes.push(found(...findingsOf(error, spot?.(one))));
    }
  }
  return { ...merged(outcomes), results };
}

/** Readers of files list problems as `file:line: text`, one a line; an indented line belongs to the one before. */
function findingsOf(error: unknown, spot: Spot | undefined): Finding[] {
  if (!(error instanceof UserError)) throw error;
  const { message, hint } = error;
  const findings: Finding[] = [];
  for (const line of message.split("\n")) {
    const [, file, at, text] = placed.exec(line) ?? [];
    if (file !== undefined) findings.push({ file, line: Number(at), text: text! });
    else if (findings.length > 0) findings.at(-1)!.text += `\n${line}`;
    else if (spot) return [{ ...spot, text: message, hint }];
    else throw error;
  }
  findings.at(-1)!.hint = hint;
  return findings;
}

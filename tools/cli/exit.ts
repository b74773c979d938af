import { CommanderError } from "commander";
import { UserError } from "../errors.js";
import { terminal } from "../terminal/index.js";

/** A mistake in how a command was called. */
export class UsageError extends UserError {}

/** What a command is handed to say how it went. */
export type Report = (exitCode: number) => void;

/** Runs something and gives its exit code. What it throws is shown: a user's mistake without a stack, a bug with it. */
export async function exitCodeOf(work: () => Promise<number>): Promise<number> {
  process.stdout.on("error", endQuietly);
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommanderError) return 2; // It has said so itself.
    show(error);
    return error instanceof UsageError || isBadFlag(error) ? 2 : 1;
  }
}

/** Whoever reads our output may stop early, as `head` does. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
}

function show(error: unknown): void {
  const { line, colors } = terminal(process.stderr);
  if (isBadFlag(error)) return line(`${colors.red("error:")} ${error.message}`);
  if (!(error instanceof UserError)) return line(error instanceof Error ? error.stack : String(error));
  line(`${colors.red("error:")} ${error.message}`);
  if (error.hint) line(colors.dim(error.hint));
}

/** What is wrong with a thing that was named on the command line is wrong use, whoever finds it. */
export function named<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof UserError) throw new UsageError(error.message, error.hint);
    throw error;
  }
}

/** What `parseArgs` of Node says about a flag it does not know. */
function isBadFlag(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS");
}

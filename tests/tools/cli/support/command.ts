import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../../../tools/package-root.js";

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line without the step that compiles it. */
const commandEntry = fileURLToPath(new URL("./command-entry.js", import.meta.url));
const verbEntry = fileURLToPath(new URL("./verb-entry.js", import.meta.url));

type Environment = NodeJS.ProcessEnv;

export function startCommand(
  args: string[],
  cwd: string,
  more: Environment = {},
  entry = commandEntry,
): ChildProcess {
  const env = { ...process.env, NO_COLOR: "1", NODE_TEST_CONTEXT: undefined, ...more };
  return spawn(process.execPath, [entry, ...args], { cwd, env });
}

/** Runs `meshscript` with these arguments to its end, at most two minutes. */
export function meshscript(args: string[], cwd: string = packageRoot, more: Environment = {}): Promise<Ran> {
  return finished(startCommand(args, cwd, more));
}

/** Runs a verb of the repository, as its npm scripts do. */
export function verb(args: string[], more: Environment = {}): Promise<Ran> {
  return finished(startVerb(args, more));
}

/** `npm start` and the like, to be ended by whoever starts it. */
export function startVerb(args: string[], more: Environment = {}): ChildProcess {
  return startCommand(args, packageRoot, more, verbEntry);
}

export async function finished(child: ChildProcess): Promise<Ran> {
  const ran: Ran = { code: null, stdout: "", stderr: "" };
  child.stdout!.setEncoding("utf8").on("data", (text) => (ran.stdout += text));
  child.stderr!.setEncoding("utf8").on("data", (text) => (ran.stderr += text));
  const limit = setTimeout(() => child.kill("SIGKILL"), 120_000);
  ran.code = await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(limit);
  return ran;
}

/** Waits until standard output holds a match; gives it. Rejects when the command ends before. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout!.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    let errors = "";
    child.stderr!.setEncoding("utf8").on("data", (part: string) => (errors += part));
    child.once("close", (code) =>
      reject(new Error(`ended with ${code} before ${pattern}:\n${text}${errors}`)),
    );
  });
}

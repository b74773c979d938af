import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../../../tools/package-root.js";

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The compiled command line, without the step that compiles it. */
const entry = `
  const { main } = await import(${JSON.stringify(join(packageRoot, "dist/tools/cli/main.js"))});
  process.exitCode = await main(process.argv.slice(1));`;
const verbEntry = `
  const { runVerb } = await import(${JSON.stringify(join(packageRoot, "dist/tools/cli/verbs.js"))});
  process.exitCode = await runVerb(process.argv[1], process.argv.slice(2));`;

export function startCommand(args: string[], cwd: string, code = entry): ChildProcess {
  const env = { ...process.env, NO_COLOR: "1", NODE_TEST_CONTEXT: undefined };
  return spawn(process.execPath, ["--input-type=module", "--eval", code, "--", ...args], { cwd, env });
}

/** Runs `meshscript` with these arguments to its end, at most two minutes. */
export function meshscript(args: string[], cwd: string = packageRoot): Promise<Ran> {
  return finished(startCommand(args, cwd));
}

/** Runs a verb of the repository, as its npm scripts do. */
export function verb(args: string[]): Promise<Ran> {
  return finished(startCommand(args, packageRoot, verbEntry));
}

/** `npm start` and the like, to be ended by whoever starts it. */
export function startVerb(args: string[]): ChildProcess {
  return startCommand(args, packageRoot, verbEntry);
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

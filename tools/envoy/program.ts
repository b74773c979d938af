import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startChild, type Exit } from "./child.js";

export interface Finished extends Exit {
  output: string;
}

/** Paths of the programs of that name on PATH, in its order. */
export function onPath(name: string, environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).filter(isProgram);
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Runs a program to its end, which is forced after the bound (milliseconds). */
export async function run(
  program: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; bound: number },
): Promise<Finished> {
  let output = "";
  const child = await startChild(program, args, (text) => void (output += text), options);
  const end = setTimeout(() => void child.stop(), options.bound);
  const exit = await child.exited;
  clearTimeout(end);
  return { ...exit, output };
}

/** What a program answers to `--version` if it is Envoy, such as `1.40.0`; undefined if it is not. */
export async function envoyVersion(program: string): Promise<string | undefined> {
  const answer = await run(program, ["--version"], { bound: 20_000 }).catch(() => undefined);
  return /version: [0-9a-f]+\/([^/\s]+)\//.exec(answer?.output ?? "")?.[1];
}

import { onPath } from "../../envoy/program.js";
import { CannotRun } from "../cannot-run.js";
import { installPackages } from "./packages.js";

/** Sees to it that there is an engine to be started, and docker's command: from Debian's packages where they lack. */
export async function installEngine(tell: (note: string) => void): Promise<void> {
  if (isThere()) return;
  await installPackages(["docker.io"], tell);
  if (!isThere()) throw new CannotRun("the package docker.io brought no docker engine");
}

function isThere(): boolean {
  return ["dockerd", "docker"].every((program) => onPath(program, process.env).length > 0);
}

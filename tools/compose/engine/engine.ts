import { CannotRun } from "../cannot-run.js";
import type { Teardown } from "../teardown.js";
import { docker, type Docker } from "./docker.js";
import { installEngine } from "./install.js";
import { startEngine } from "./start.js";

export interface Engine {
  docker: Docker;
  version: string;
  /** Whether this process started it: then it is gone afterwards, with all it holds. */
  own: boolean;
}

/** Who asks for an engine, and where. */
export interface Asker {
  environment: NodeJS.ProcessEnv;
  platform: string;
  isRoot: boolean;
}

export const thisProcess: Asker = {
  environment: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
};

/** The engine that docker's command reaches; where there is none, one of our own, installed if need be. */
export async function findEngine(
  ends: Teardown,
  tell: (note: string) => void,
  asker = thisProcess,
): Promise<Engine> {
  const usual: Docker = { program: "docker", environment: asker.environment };
  const running = await versionOf(usual);
  if (running) return { docker: usual, version: running, own: false };
  mayStart(asker);
  await installEngine(tell);
  const own = await startEngine(ends, tell);
  const version = await versionOf(own);
  if (!version) throw new CannotRun("the docker engine that was started does not answer");
  return { docker: own, version, own: true };
}

/** Undefined where no engine answers. */
async function versionOf(engine: Docker): Promise<string | undefined> {
  const args = ["version", "--format", "{{.Server.Version}}"];
  const answer = await docker(engine, args, 20_000).catch(() => undefined);
  return answer?.code === 0 ? answer.output.trim().split("\n").at(-1) : undefined;
}

function mayStart({ environment, platform, isRoot }: Asker): void {
  const { DOCKER_HOST } = environment;
  if (DOCKER_HOST) throw new CannotRun(`no docker engine answers at ${DOCKER_HOST}, as DOCKER_HOST says`);
  const why = "no docker engine answers, and one can be started only";
  if (platform !== "linux")
    throw new CannotRun(`${why} on Linux`, "Start Docker Desktop, or set DOCKER_HOST.");
  if (!isRoot) throw new CannotRun(`${why} by root`, "Start Docker's service, or set DOCKER_HOST.");
}

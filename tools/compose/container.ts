import { setTimeout as sleep } from "node:timers/promises";
import { logReader, type LogLine } from "../envoy/log.js";
import type { LogLevel } from "../traffic/host.js";
import { docker, type Docker } from "./engine/docker.js";
import { freePort, isReady } from "./ports.js";
import type { Project } from "./project.js";

export interface ContainerOptions {
  project: Project;
  docker: Docker;
  name: string;
  /** What makes `compose.yaml` mount another configuration. */
  variables: NodeJS.ProcessEnv;
  port?: number;
  logLevel?: LogLevel;
}

export interface Container {
  port: number;
  adminPort: number;
  lines(): readonly LogLine[];
  remove(): Promise<void>;
}

/** A container of the service `envoy` that serves, or what it said before it ended. */
export type ContainerStart =
  | { ready: true; container: Container }
  | { ready: false; lines: readonly LogLine[]; ending: string };

const readyWithin = 60_000;
const tries = 3;

/** Runs the service `envoy` of a project once more, as `compose.yaml` has it except for ports, log and workers. */
export async function startContainer(options: ContainerOptions): Promise<ContainerStart> {
  for (let time = 1; ; time++) {
    const started = await tryToStart(options);
    if (started.ready || options.port !== undefined || time >= tries || !lostItsPort(started)) return started;
  }
}

/** A port that was free when it was chosen may be another's by the time that docker opens it. */
function lostItsPort({ lines }: Extract<ContainerStart, { ready: false }>): boolean {
  return lines.some(({ text }) => /port is already allocated|address already in use/.test(text));
}

async function tryToStart(options: ContainerOptions): Promise<ContainerStart> {
  const { project, name, logLevel = "info" } = options;
  const [port, adminPort] = [options.port ?? (await freePort()), await freePort()];
  const log = logReader();
  const gone = project.run({
    service: "envoy",
    name,
    command: argumentsFor(log.format, logLevel),
    variables: { ...options.variables, ENVOY_PORT: String(port), ENVOY_ADMIN_PORT: String(adminPort) },
    onOutput: log.feed,
  });
  const remove = async () => void (await docker(options.docker, ["rm", "--force", name]));
  const ending = await readyOrGone(adminPort, gone);
  if (ending === undefined) return { ready: true, container: { port, adminPort, lines: log.lines, remove } };
  await remove();
  return { ready: false, lines: log.lines(), ending };
}

function argumentsFor(logFormat: string, logLevel: LogLevel): string[] {
  return [
    ...["-c", "/etc/envoy/envoy.yaml", "--concurrency", "1", "--disable-hot-restart"],
    ...["--log-format", logFormat, "--log-level", "warn", "--component-log-level", `wasm:${logLevel}`],
  ];
}

/** Undefined once it is ready. */
async function readyOrGone(adminPort: number, gone: Promise<number>): Promise<string | undefined> {
  let ending: string | undefined;
  gone.then(
    (code) => (ending = `exit code ${code}`),
    (error: Error) => (ending = error.message),
  );
  for (const late = Date.now() + readyWithin; Date.now() < late; await sleep(20)) {
    if (ending !== undefined) return ending;
    if (await isReady(adminPort)) return undefined;
  }
  return `not ready within ${readyWithin / 1000} s`;
}

import { spawnSync } from "node:child_process";
import { run, stop, upAll, type IDockerComposeOptions, type IDockerComposeResult } from "docker-compose";
import { UserError } from "../errors.js";
import { packageRoot } from "../package-root.js";
import type { ComposeProgram } from "./program.js";

export interface ProjectOptions {
  /** Kept apart from all others of the engine by this name. */
  name: string;
  compose: ComposeProgram;
  /** What `compose.yaml` reads, and docker. */
  environment: NodeJS.ProcessEnv;
}

/** The services of `compose.yaml`, as they are or with other values of its variables. */
export interface Project {
  name: string;
  /** Starts services in the background, and waits until they are healthy or have done their work. */
  up(variables?: NodeJS.ProcessEnv): Promise<void>;
  /** Ends all containers of services; their network stays. */
  stop(): Promise<void>;
  /** Runs a container of a service, under a name, to its end. Gives its exit code. */
  run(one: OneRun): Promise<number>;
  /** What containers said so far, each line under its service's name. */
  logs(): string;
  /** Removes everything of it, at once. */
  down(): void;
}

export interface OneRun {
  service: string;
  name: string;
  command: string[];
  variables: NodeJS.ProcessEnv;
  onOutput(text: string): void;
}

const file = "compose.yaml";

export function project({ name, compose, environment }: ProjectOptions): Project {
  const general = ["--project-name", name, "--progress", "quiet"];
  const now = (args: string[]) =>
    spawnSync(compose.program, [...compose.leading, ...general, "-f", file, ...args], {
      cwd: packageRoot,
      env: environment,
      encoding: "utf8",
      timeout: 60_000,
    });
  const options = (variables: NodeJS.ProcessEnv = {}): IDockerComposeOptions => ({
    cwd: packageRoot,
    config: file,
    composeOptions: general,
    env: { ...environment, ...variables },
    executable: executable(compose),
  });
  return {
    name,
    async up(variables) {
      await upAll({ ...options(variables), commandOptions: ["--wait"] }).catch((error) => {
        throw new UserError(`docker compose up failed: ${reason(error)}`);
      });
    },
    async stop() {
      await stop(options()).catch((error) => {
        throw new UserError(`docker compose stop failed: ${reason(error)}`);
      });
    },
    async run({ service, name, command, variables, onOutput }) {
      const outcome = await run(service, command, {
        ...options(variables),
        commandOptions: ["--rm", "--no-deps", "--service-ports", "--name", name],
        callback: (chunk) => onOutput(chunk.toString()),
      }).catch((error: IDockerComposeResult | Error) => error);
      if (outcome instanceof Error) throw new UserError(`docker compose run failed: ${outcome.message}`);
      return outcome.exitCode ?? 1;
    },
    logs: () => now(["logs", "--no-color"]).stdout,
    down() {
      const { status, stderr } = now(["down", "--volumes", "--remove-orphans", "--timeout", "1"]);
      if (status !== 0) throw new Error(`docker compose down failed: ${lastLine(stderr)}`);
    },
  };
}

/** The package's own types ask for either. */
function executable({ program, leading }: ComposeProgram): IDockerComposeOptions["executable"] {
  if (leading.length > 0) return { executablePath: program };
  return { executablePath: program, standalone: true };
}

function reason(error: IDockerComposeResult | Error): string {
  return error instanceof Error ? error.message : lastLine(error.err || error.out);
}

function lastLine(text: string | null): string {
  return (text ?? "").trim().split("\n").at(-1) || "it said nothing";
}

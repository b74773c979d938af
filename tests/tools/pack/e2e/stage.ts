import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "../../../../tools/envoy/child.js";
import { run } from "../../../../tools/envoy/program.js";
import { packageRoot } from "../../../../tools/package-root.js";
import { registryProgram, startRegistry, type RunningRegistry } from "./parts/docker-registry.js";
import { builtProgram, type GoProgram } from "./parts/go-program.js";
import { once } from "./proof.js";

export const variants = ["compat", "oci"] as const;
export const filter = "api-key";

/** What the proofs share: a registry into which both forms of a filter's image were pushed by the command itself. */
export interface Stage {
  folder: string;
  registry: () => Promise<RunningRegistry>;
  /** Another registry, with what its configuration says besides. */
  another: (name: string, more: { auth?: object; http?: object }) => Promise<RunningRegistry>;
  /** Path of a program that is built where need be. */
  program: (program: GoProgram) => Promise<string>;
  /** The image of a form in the registry. */
  pushed: (variant: string) => Promise<Pushed>;
  /** The module as it was compiled. */
  wasm: () => Buffer;
  end: () => Promise<void>;
}

export interface Pushed {
  image: string;
  /** What the command said. */
  digest: string;
  /** Folder that holds the layout and the bill of materials. */
  out: string;
}

export function stageIn(folder: string, tell: (what: string) => void): Stage {
  const running: RunningRegistry[] = [];
  const server = once(() => registryProgram(tell));
  const another: Stage["another"] = async (name, more) => {
    const started = await startRegistry(await server(), join(folder, name), more);
    running.push(started);
    return started;
  };
  const registry = once(() => another("open", {}));
  const pushes = new Map<string, Promise<Pushed>>();
  return {
    folder,
    registry,
    another,
    program: (program) => builtProgram(program, tell),
    pushed(variant) {
      const known = pushes.get(variant) ?? pushTo(registry, variant, folder);
      pushes.set(variant, known);
      return known;
    },
    wasm: () => readFileSync(join(packageRoot, "build", `${filter}.wasm`)),
    end: async () => void (await Promise.all(running.map(({ child }) => child.stop()))),
  };
}

async function pushTo(
  registry: () => Promise<RunningRegistry>,
  variant: string,
  folder: string,
): Promise<Pushed> {
  const { host } = await registry();
  const image = `${host}/filters/${filter}:${variant}`;
  const out = join(folder, variant);
  const { code, output } = await pack(["--variant", variant, "--out", out, "--push", image, "--tar"], folder);
  const digest = /^digest: (sha256:[0-9a-f]{64})$/m.exec(output)?.[1];
  if (code !== 0 || !digest) throw new Error(`meshscript pack ended with ${code}:\n${output}`);
  return { image, digest, out };
}

const command = fileURLToPath(new URL("../../cli/support/command-entry.js", import.meta.url));

/** Runs `meshscript pack` on the filter, as a user who has logged in to what that docker configuration says. */
export function pack(args: string[], dockerConfig: string, more: NodeJS.ProcessEnv = {}) {
  return run(process.execPath, [command, "pack", filter, ...args], {
    cwd: packageRoot,
    env: { ...process.env, NO_COLOR: "1", DOCKER_CONFIG: dockerConfig, ...more },
    bound: 120_000,
  });
}

/** A folder of its own below that of the stage. */
export function folderIn({ folder }: Stage, name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs a program to its end; throws what it said where it fails. */
export async function succeeding(program: string, args: string[], cwd: string): Promise<string> {
  let output = "";
  const child = await startChild(program, args, (text) => void (output += text), {
    cwd,
    env: { ...process.env, DOCKER_CONFIG: cwd },
  });
  const end = setTimeout(() => void child.stop(), 60_000);
  const { code } = await child.exited;
  clearTimeout(end);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { startChild, type Child } from "../../../../../tools/envoy/child.js";
import { isProgram, onPath, run } from "../../../../../tools/envoy/program.js";
import { Missing, partsFolder } from "./parts.js";

const limitMs = 120_000;

/** Debian's registry server: from PATH, from the cache, or from its package, which is unpacked and not installed. */
export async function registryProgram(tell: (what: string) => void): Promise<string> {
  const folder = join(partsFolder(), "docker-registry");
  const unpacked = join(folder, "usr", "bin", "docker-registry");
  const known = [...onPath("docker-registry", process.env), unpacked].find(isProgram);
  if (known) return known;
  tell("Fetching docker-registry from Debian");
  const staging = mkdtempSync(join(partsFolder(), "unpacking-"));
  try {
    await fetched(staging);
    const [file] = readdirSync(staging).filter((name) => name.endsWith(".deb"));
    await succeeding("dpkg-deb", ["-x", join(staging, file!), join(staging, "content")], staging);
    renameSync(join(staging, "content"), folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return unpacked;
}

async function fetched(folder: string): Promise<void> {
  if (onPath("apt-get", process.env).length === 0) throw new Missing("there is no docker-registry on PATH");
  const download = () => run("apt-get", ["download", "docker-registry"], { cwd: folder, bound: limitMs });
  if ((await download()).code === 0) return;
  if (process.getuid?.() !== 0) throw new Missing("docker-registry is not installed, and apt-get finds none");
  await succeeding("apt-get", ["update", "-qq"], folder);
  const { code, output } = await download();
  if (code !== 0) throw new Missing(`docker-registry cannot be fetched: ${output.trim().split("\n").at(-1)}`);
}

async function succeeding(program: string, args: string[], cwd: string): Promise<void> {
  const { code, output } = await run(program, args, { cwd, bound: limitMs });
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${output.trim()}`);
}

export interface RunningRegistry {
  /** `127.0.0.1:port`. */
  host: string;
  output(): string;
  child: Child;
}

/** Starts a registry with a storage of its own in that folder, and what else its configuration says. */
export async function startRegistry(
  program: string,
  folder: string,
  more: { auth?: object; http?: object } = {},
): Promise<RunningRegistry> {
  mkdirSync(folder, { recursive: true });
  const host = await freePort();
  const configuration = {
    version: "0.1",
    log: { level: "warn" },
    storage: { filesystem: { rootdirectory: join(folder, "storage") } },
    ...more,
    http: { ...more.http, addr: host },
  };
  writeFileSync(join(folder, "registry.yaml"), stringify(configuration));
  let output = "";
  const child = await startChild(
    program,
    ["serve", join(folder, "registry.yaml")],
    (text) => (output += text),
  );
  await answering(host, child, () => output);
  return { host, child, output: () => output };
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `127.0.0.1:${port}`;
}

async function answering(host: string, { exited }: Child, output: () => string): Promise<void> {
  let isOver = false;
  void exited.then(() => (isOver = true));
  for (let tries = 0; tries < 100 && !isOver; tries++) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => null);
    if (answer) return;
    await sleep(100);
  }
  throw new Error(`docker-registry does not answer: ${output().trim()}`);
}

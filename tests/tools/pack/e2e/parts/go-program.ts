import { chmodSync, cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { atProcessEnd } from "../../../../../tools/envoy/cleanup.js";
import { locked } from "../../../../../tools/envoy/lock.js";
import { isProgram, onPath, run } from "../../../../../tools/envoy/program.js";
import { packageRoot } from "../../../../../tools/package-root.js";
import { Missing, partsFolder } from "./parts.js";

/** A program built from a published Go module, with what that module's own go.sum pins. */
export interface GoProgram {
  name: string;
  module: string;
  version: string;
  /** As in a go.sum: what the module has to be. */
  sum: string;
  /** The package to build, relative to the module. */
  package: string;
  /** Its source in this repository, where the module has none of it: a folder within it may use what is internal. */
  source?: string;
}

const buildLimitMs = 10 * 60_000;

/** Path of the program in the user's cache; built there the first time, which takes minutes. */
export async function builtProgram(program: GoProgram, tell: (what: string) => void): Promise<string> {
  const folder = join(partsFolder(), `${program.name}-${program.version}`);
  const wait = () => tell(`Waiting for another process that builds ${program.name}`);
  return locked(`${folder}.lock`, () => builtOnce(program, folder, tell), wait);
}

async function builtOnce(program: GoProgram, folder: string, tell: (what: string) => void): Promise<string> {
  const path = join(folder, program.name);
  if (isProgram(path)) return path;
  const go = goCommand();
  tell(`Building ${program.name} ${program.version} from its Go module`);
  const staging = mkdtempSync(join(partsFolder(), "building-"));
  const erase = () => rmSync(staging, { recursive: true, force: true });
  const forget = atProcessEnd(erase);
  try {
    const source = join(staging, "source");
    copyOf(await moduleFolder(go, program), source);
    if (program.source)
      cpSync(join(packageRoot, program.source), join(source, program.package), { recursive: true });
    const built = join(staging, "built", program.name);
    await succeeding(
      go,
      ["build", "-buildvcs=false", "-trimpath", "-o", built, `./${program.package}`],
      source,
    );
    renameSync(join(staging, "built"), folder);
    return path;
  } finally {
    forget();
    erase();
  }
}

function goCommand(): string {
  const known = [...onPath("go", process.env), "/usr/local/go/bin/go"].find(isProgram);
  if (!known) throw new Missing("there is no Go on PATH");
  return known;
}

/** Where Go's own module cache has it, verified. */
async function moduleFolder(go: string, { module, version, sum }: GoProgram): Promise<string> {
  const output = await succeeding(go, ["mod", "download", "-json", `${module}@${version}`], partsFolder());
  const { Dir, Sum } = JSON.parse(output.slice(output.indexOf("{"))) as { Dir: string; Sum: string };
  if (Sum !== sum) throw new Error(`${module}@${version} is ${Sum}, not ${sum}`);
  return Dir;
}

/** Go keeps its modules read-only. */
function copyOf(folder: string, copy: string): void {
  cpSync(folder, copy, { recursive: true });
  chmodSync(copy, 0o755);
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

async function succeeding(go: string, args: string[], cwd: string): Promise<string> {
  const env = { ...process.env, GOWORK: "off", CGO_ENABLED: "0" };
  const { code, output } = await run(go, args, { cwd, env, bound: buildLimitMs });
  if (code === 0) return output;
  if (/requires go >=|proxyconnect|no such host|dial tcp/.test(output))
    throw new Missing(output.trim().split("\n").at(-1)!);
  const last = output.trim().split("\n").slice(-5).join("\n");
  throw new Error(`go ${args.join(" ")} failed:\n${last}`);
}

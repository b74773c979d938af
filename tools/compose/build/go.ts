import { getuid } from "node:process";
import { onPath, run } from "../../envoy/program.js";
import { CannotRun } from "../cannot-run.js";
import { installPackages } from "../engine/packages.js";
import { fetchToolchain } from "./toolchain.js";

/** What compose's go.mod asks for. */
const oldest: readonly [number, number] = [1, 24];

/** A Go that is new enough: one that is here; else one that an older Go fetches, from Debian's packages if need be. */
export async function findGo(environment: NodeJS.ProcessEnv, tell: (note: string) => void): Promise<string> {
  const here = await installed(environment);
  if (here.some(({ fits }) => fits)) return here.find(({ fits }) => fits)!.path;
  const [older] = here.length > 0 ? here : await install(environment, tell);
  if (!older) throw new CannotRun("the package golang-go brought no Go");
  return older.fits ? older.path : fetchToolchain(older.path, environment, tell);
}

interface Go {
  path: string;
  fits: boolean;
}

async function installed(environment: NodeJS.ProcessEnv): Promise<Go[]> {
  const found: Go[] = [];
  for (const path of onPath("go", { PATH: `${environment.PATH ?? ""}:/usr/local/go/bin` })) {
    const env = { ...environment, GOTOOLCHAIN: "local" };
    const { code, output } = await run(path, ["env", "GOVERSION"], { env, bound: 20_000 });
    if (code === 0) found.push({ path, fits: isNewEnough(output) });
  }
  return found;
}

export function isNewEnough(version: string): boolean {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version.trim()) ?? [];
  if (major === undefined) return false;
  return Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
}

async function install(environment: NodeJS.ProcessEnv, tell: (note: string) => void): Promise<Go[]> {
  if (getuid?.() !== 0)
    throw new CannotRun(
      "there is no docker compose, and no Go to build it with",
      "Install docker's compose plugin.",
    );
  await installPackages(["golang-go"], tell);
  return installed(environment);
}

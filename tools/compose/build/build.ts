import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { atProcessEnd } from "../../envoy/cleanup.js";
import { run } from "../../envoy/program.js";
import { CannotRun } from "../cannot-run.js";
import { cachedCompose, composeFolder, composeVersion } from "./cached.js";
import { findGo } from "./go.js";

const bound = 1_500_000;
const module = "github.com/docker/compose/v2/cmd";

/** Builds compose from its Go module into the user's cache; all or nothing. Gives the program's path. */
export async function buildCompose(
  environment: NodeJS.ProcessEnv,
  tell: (note: string) => void,
): Promise<string> {
  const folder = composeFolder(environment);
  mkdirSync(dirname(folder), { recursive: true });
  const staging = mkdtempSync(`${folder}-`);
  const erase = () => rmSync(staging, { recursive: true, force: true });
  const forget = atProcessEnd(erase);
  try {
    const go = await findGo(environment, tell);
    tell(`Building docker compose ${composeVersion} from its Go module; this takes minutes, once`);
    await compile(go, staging, environment);
    keep(join(staging, "ready"), folder);
    return cachedCompose(environment)!;
  } finally {
    forget();
    erase();
  }
}

/** `go install` refuses a module whose go.mod excludes versions; as a dependency of an empty module it can be built. */
async function compile(go: string, staging: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const env = { ...environment, GOTOOLCHAIN: "local", GOFLAGS: "-mod=mod -buildvcs=false", CGO_ENABLED: "0" };
  writeFileSync(join(staging, "go.mod"), "module compose\n\ngo 1.24\n");
  for (const args of [
    ["get", `${module}@v${composeVersion}`],
    ["build", "-trimpath", "-ldflags", "-s -w", "-o", join(staging, "ready", "docker-compose"), module],
  ]) {
    const { code, output } = await run(go, args, { cwd: staging, env, bound });
    if (code !== 0)
      throw new CannotRun(
        `docker compose cannot be built: go ${args[0]}: ${output.trim().split("\n").at(-1)}`,
      );
  }
}

function keep(ready: string, folder: string): void {
  try {
    renameSync(ready, folder);
  } catch (error) {
    // Someone else was faster, with the same program.
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}

import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../envoy/program.js";
import { CannotRun } from "../cannot-run.js";

const toolchain = "1.24.13";
const bound = 300_000;

/** A Go too old to fetch a newer one by itself still fetches it as a module, with its checksum looked up. */
export async function fetchToolchain(
  go: string,
  environment: NodeJS.ProcessEnv,
  tell: (note: string) => void,
): Promise<string> {
  tell(`Fetching Go ${toolchain}`);
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const module = `golang.org/toolchain@v0.0.1-go${toolchain}.linux-${architecture}`;
  const env = { ...environment, GOTOOLCHAIN: "local", GOFLAGS: "-modcacherw" };
  const { code, output } = await run(go, ["mod", "download", "-json", module], { env, cwd: "/", bound });
  const folder = /"Dir": "([^"]+)"/.exec(output)?.[1];
  if (code !== 0 || !folder)
    throw new CannotRun(`Go ${toolchain} cannot be fetched: ${output.trim().split("\n").at(-1)}`);
  makeRunnable(folder);
  return join(folder, "bin/go");
}

/** Modules hold no marks of what is a program. */
function makeRunnable(folder: string): void {
  for (const place of ["bin", "pkg/tool"]) {
    const entries = readdirSync(join(folder, place), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile()))
      chmodSync(join(entry.parentPath ?? entry.path, entry.name), 0o755);
  }
}

import { onPath, run } from "../../envoy/program.js";
import { CannotRun } from "../cannot-run.js";

const bound = 300_000;

/** Installs packages of Debian; for root alone. */
export async function installPackages(names: string[], tell: (note: string) => void): Promise<void> {
  const apt = onPath("apt-get", process.env)[0];
  if (!apt) throw new CannotRun(`there is no apt-get to install ${names.join(", ")} with`);
  tell(`Installing ${names.join(", ")} from Debian's packages`);
  await call(apt, ["update", "-qq"]);
  await call(apt, ["install", "-y", "-qq", "--no-install-recommends", ...names]);
}

async function call(apt: string, args: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { code, output } = await run(apt, args, { env, bound });
  if (code === 0) return;
  throw new CannotRun(`apt-get ${args[0]} failed: ${output.trim().split("\n").at(-1)}`);
}

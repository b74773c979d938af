import { createHash, randomBytes } from "node:crypto";
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { cacheFolder } from "../cache.js";
import type { Origins } from "./origins.js";

// Compiling takes seconds, and what comes out depends on nothing but texts: the sources, the compiler, this tool. So
// builds are kept, in files named after what went in and what came out.

/** What is kept of a build. */
export interface Kept {
  binary: Uint8Array;
  sourceMap: string;
  warnings: string;
  /** Texts of the author's own files. */
  sources: string[];
  origins: Origins;
}

/** Reads a source by the name that the compiler gives it; null where there is none. */
export type Read = (name: string) => string | null;

/** Which sources the compiler asked for, and what it was given: a digest, or null where it found none. */
type Inputs = [name: string, digest: string | null][];

type Stored = { inputs: Inputs; binary: string } & Omit<Kept, "binary">;

/** How many builds are kept; those that were not asked for longest go first. */
const BOUND = 256;

/**
 * A build from the cache where everything that it was made from is as it was then; else the one that `make` makes, which
 * is kept. `made` says what it is made with besides sources; `entry` is the name of the file that it begins with.
 */
export async function remembered(
  made: object,
  entry: string,
  read: Read,
  make: (read: Read) => Promise<Kept>,
  folder: string = join(cacheFolder(), "builds"),
): Promise<Kept> {
  const prefix = digest(
    JSON.stringify([made, process.versions.node.split(".")[0], ownDigest(), read(entry)]),
  );
  const known = found(folder, prefix, read);
  if (known) return known;
  const inputs = new Map<string, string | null>();
  const kept = await make((name) => {
    const text = read(name);
    inputs.set(name, digestOf(text));
    return text;
  });
  keep(folder, prefix, [...inputs], kept);
  return kept;
}

function found(folder: string, prefix: string, read: Read): Kept | undefined {
  for (const name of namesIn(folder).filter((one) => one.startsWith(`${prefix}-`))) {
    const stored = storedIn(join(folder, name), name);
    if (!stored?.inputs.every(([source, was]) => digestOf(read(source)) === was)) continue;
    touch(join(folder, name));
    const { sourceMap, warnings, sources, origins, binary } = stored;
    return { binary: Buffer.from(binary, "base64"), sourceMap, warnings, sources, origins };
  }
  return undefined;
}

/** A file says in its name what it holds: one that was cut short, or changed, is none. */
function storedIn(path: string, name: string): Stored | undefined {
  try {
    const bytes = readFileSync(path);
    return name.endsWith(`-${digest(bytes)}`) ? JSON.parse(gunzipSync(bytes).toString("utf8")) : undefined;
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written only costs time, so whatever goes wrong here is no fault of the build. */
function keep(folder: string, prefix: string, inputs: Inputs, kept: Kept): void {
  const { sourceMap, warnings, sources, origins, binary } = kept;
  const stored: Stored = {
    inputs,
    sourceMap,
    warnings,
    sources,
    origins,
    binary: Buffer.from(binary).toString("base64"),
  };
  const bytes = gzipSync(JSON.stringify(stored), { level: 1 });
  const path = join(folder, `${prefix}-${digest(bytes)}`);
  const unfinished = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, path);
    prune(folder);
  } catch {
    discard(unfinished);
  }
}

/** A disk that has filled up may have taken a part. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return; // Where nothing can be written, nothing can be left.
  }
}

function prune(folder: string): void {
  const names = namesIn(folder);
  if (names.length <= BOUND) return;
  const paths = names.map((name) => join(folder, name));
  const aged = paths.map((path) => ({ path, used: statSync(path).mtimeMs })).sort((a, b) => b.used - a.used);
  for (const { path } of aged.slice(BOUND)) rmSync(path, { force: true });
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    return; // It may be another user's, or gone by now.
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function digestOf(text: string | null): string | null {
  return text === null ? null : digest(text);
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

let own: string | undefined;

/** The passes over a module are as much part of what comes out as the compiler is. */
function ownDigest(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  own ??= digest(
    readdirSync(folder)
      .filter((name) => name.endsWith(".js"))
      .sort()
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\0"),
  );
  return own;
}

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { SnapshotDiff, SnapshotDiffResult } from "@as-pect/snapshots";
import { formatSnapshots, parseSnapshots } from "./snapshot-file.js";
import type { Snapshots } from "./snapshot-file.js";

export interface SnapshotPolicy {
  /** Take over whatever the spec produces. */
  update: boolean;
  /** Write nothing new. */
  ci: boolean;
}

export async function readSnapshots(path: string): Promise<Snapshots> {
  return parseSnapshots(await readFile(path, "utf8").catch(() => ""));
}

/**
 * Decides what becomes of a green spec's snapshots: writes the file where it may and returns what is wrong with the
 * rest, nothing where all is well.
 */
export async function settle(
  path: string,
  stored: Snapshots,
  diff: SnapshotDiff,
  policy: SnapshotPolicy,
): Promise<string[]> {
  const kept = policy.update ? new Map<string, string>() : new Map(stored);
  const problems: string[] = [];
  for (const [name, found] of diff.results) {
    const { left: now } = found;
    if (now === null || now === stored.get(name)) {
      if (now === null && !policy.update) problems.push(`snapshot obsolete: ${name}`, UPDATE);
    } else if (stored.has(name) && !policy.update) {
      problems.push(`snapshot differs: ${name}`, ...changes(found), UPDATE);
    } else if (!stored.has(name) && policy.ci && !policy.update) {
      problems.push(
        `snapshot missing: ${name}`,
        "  not written, as CI is set: run the specs elsewhere and commit it",
      );
      continue;
    }
    if (now !== null && (policy.update || !stored.has(name))) kept.set(name, now);
  }
  await write(path, stored, kept);
  return problems;
}

/** A run of lines of a difference; the package's own declarations lack those of its `diff`. */
type Change = { value: string; added?: boolean; removed?: boolean };

const UPDATE = "  take it over with --update, or mend the spec";

function changes(found: SnapshotDiffResult): string[] {
  return found.changes.flatMap((change: Change) => {
    const sign = change.added ? "+" : change.removed ? "-" : " ";
    return change.value
      .split("\n")
      .filter(Boolean)
      .map((line) => `  ${sign} ${line}`);
  });
}

async function write(path: string, before: Snapshots, after: Snapshots): Promise<void> {
  const text = formatSnapshots(after);
  if (text === formatSnapshots(before)) return;
  if (after.size === 0) return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

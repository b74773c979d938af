import { basename, dirname, join } from "node:path";

/** Snapshots by name, as `toMatchSnapshot` numbers them. */
export type Snapshots = Map<string, string>;

const ENTRY = /^exports\[`((?:\\.|[^`\\])*)`\] = `((?:\\.|[^`\\])*)`;$/gms;

/** Where a spec's snapshots are kept: `__snapshots__/<name>.spec.snap` beside it. */
export function snapshotPath(spec: string): string {
  return join(dirname(spec), "__snapshots__", `${basename(spec, ".ts")}.snap`);
}

/** Reads the form that as-pect users know; backticks and backslashes are escaped in it. */
export function parseSnapshots(text: string): Snapshots {
  return new Map([...text.matchAll(ENTRY)].map((found) => [unescape(found[1]!), unescape(found[2]!)]));
}

export function formatSnapshots(snapshots: Snapshots): string {
  return [...snapshots]
    .map(([name, value]) => `exports[\`${escape(name)}\`] = \`${escape(value)}\`;\n`)
    .join("\n");
}

function escape(text: string): string {
  return text.replace(/[`\\]/g, "\\$&");
}

function unescape(text: string): string {
  return text.replace(/\\([`\\])/g, "$1");
}

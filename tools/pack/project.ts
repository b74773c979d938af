import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a filter's project says of itself in the nearest package.json, as far as it says it. */
export interface Project {
  /** Its folder; the filter's own where there is no package.json. */
  root: string;
  version?: string;
  /** SPDX expression. */
  license?: string;
  /** Address of its sources. */
  source?: string;
}

export function projectOf(folder: string): Project {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, "package.json");
    if (existsSync(path)) return { root: at, ...saidIn(readFileSync(path, "utf8")) };
    if (at === dirname(at)) return { root: folder };
  }
}

/** Annotations of an image (OCI image specification, annotations.md). What nobody has said is left out. */
export function annotationsOf(
  { name, summary }: { name: string; summary: string },
  { version, license, source }: Project,
): Record<string, string> {
  const known = { title: name, description: summary, version, licenses: license, source };
  return Object.fromEntries(
    Object.entries(known).flatMap(([key, value]) =>
      value ? [[`org.opencontainers.image.${key}`, value]] : [],
    ),
  );
}

function saidIn(text: string): Omit<Project, "root"> {
  let said: { version?: unknown; license?: unknown; repository?: unknown } | null;
  try {
    said = JSON.parse(text);
  } catch {
    return {};
  }
  const { version, license, repository } = said ?? {};
  const address = (repository as { url?: unknown } | undefined)?.url ?? repository;
  return {
    ...(typeof version === "string" && version ? { version } : {}),
    ...(isSpdx(license) ? { license } : {}),
    ...(typeof address === "string" ? sourceOf(address) : {}),
  };
}

/** npm allows sentences in place of an expression. */
export function isSpdx(license: unknown): license is string {
  return typeof license === "string" && /^[\w.+() -]+$/.test(license) && !/^(UNLICENSED|SEE )/.test(license);
}

/** npm's ways to name a repository, as an address; nothing where it holds credentials. */
function sourceOf(address: string): { source?: string } {
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(address) ?? [];
  const url = short
    ? `https://github.com/${short}`
    : address.replace(/^git\+/, "").replace(/^git:/, "https:");
  if (!URL.canParse(url) || new URL(url).protocol !== "https:" || new URL(url).username) return {};
  return { source: url.replace(/\.git$/, "") };
}

import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Modules } from "../cli/modules.js";
import { configurationText, instanceOf } from "../manifest/instance.js";
import { allManifests } from "../manifest/find.js";
import type { Manifest } from "../manifest/manifest.js";
import { readTrafficFile } from "../traffic/index.js";
import type { Subject } from "./subject.js";

/** A filter that can be fuzzed, before it is compiled. */
export interface Candidate {
  name: string;
  folder: string;
  manifest: Manifest | null;
  samples: string[];
}

/** The filters of a project, and those that only its traffic cases name by a path. */
export async function candidatesIn(project: string): Promise<Candidate[]> {
  const links = await linksIn(project);
  const own = allManifests(project).map((manifest) => ({
    name: manifest.name,
    folder: manifest.folder,
    manifest,
    samples: [configurationText(manifest), ...samplesOf(links, manifest.folder)],
  }));
  const folders = [...new Set(links.map((link) => link.folder))].filter(
    (folder) => !own.some((one) => one.folder === folder),
  );
  const others = folders.map((folder) => ({
    name: nameAmong(folder, own),
    folder,
    manifest: null,
    samples: samplesOf(links, folder),
  }));
  return [...own, ...others.filter(({ folder }) => existsSync(join(folder, "filter.ts")))];
}

/** Compiles a candidate. */
export async function subjectOf(candidate: Candidate, modules: Modules): Promise<Subject> {
  const { name, folder, manifest } = candidate;
  const { binary, metadata, wasmPath } = await modules.of(folder);
  const instance = manifest && instanceOf(manifest, wasmPath, {});
  return {
    name,
    wasm: binary,
    rootId: metadata.filters[0]!.rootId,
    kind: metadata.filters[0]!.kind,
    samples: [...new Set(candidate.samples)],
    environment: instance?.environment ?? {},
    allowOnHeadersStopIteration:
      manifest?.allowOnHeadersStopIteration || metadata.filters.some((filter) => filter.holdsHeaders),
  };
}

interface Link {
  folder: string;
  configuration: string;
}

/** Filters with configurations that a host must accept. */
async function linksIn(project: string): Promise<Link[]> {
  const folder = join(project, "tests", "traffic");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  const read = await Promise.all(files.map((name) => readTrafficFile(join(folder, name))));
  return read.flatMap(({ path, documents }) =>
    documents
      .filter((document) => document.rejected === null)
      .flatMap(({ chain }) =>
        chain.map((link) => ({
          folder: folderOf(link.filter, path, project),
          configuration: link.configuration,
        })),
      ),
  );
}

function folderOf(filter: string, file: string, project: string): string {
  return /[/\\]/.test(filter) ? resolve(dirname(file), filter) : join(project, "filters", filter);
}

function samplesOf(links: readonly Link[], folder: string): string[] {
  const own = links.filter((link) => link.folder === folder).map((link) => link.configuration);
  // Some samples have the filter trap, to show what becomes of that.
  return own.filter((configuration) => !configuration.includes("trap"));
}

function nameAmong(folder: string, own: readonly { name: string }[]): string {
  const name = basename(folder);
  return own.some((one) => one.name === name) ? relative(process.cwd(), folder) : name;
}

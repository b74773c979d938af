import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { UserError } from "../errors.js";
import { packageRoot, packageVersion } from "../package-root.js";
import { compile, type CompiledModule } from "./compile.js";
import { metricTags } from "./metric-tags.js";
import { withMetadata, type ModuleMetadata } from "./metadata.js";

export { readMetadata, type ModuleMetadata } from "./metadata.js";
export { describe, optionTable, type Setting } from "./describe.js";
export { codeSize, sections } from "./wasm.js";

export interface BuildOptions {
  /** A filter's file, or a folder that holds `filter.ts`. */
  entry: string;
  /** Folder for the module and its source map; `build` unless given. */
  outDir?: string;
  /** Name of the files without extension; the folder's or file's own unless given. */
  name?: string;
  /** Compile-time constants. */
  defines?: Record<string, number>;
}

export interface BuildResult {
  name: string;
  wasmPath: string;
  mapPath: string;
  binary: Uint8Array;
  metadata: ModuleMetadata;
  /** What the compiler warned of, "" where it did not. */
  warnings: string;
  /** Texts of the author's own files. */
  sources: string[];
}

/** Compiles a filter to `<outDir>/<name>.wasm`. Throws a `UserError` that shows the compiler's messages. */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const file = entryFile(options.entry);
  const name = options.name ?? moduleName(file);
  const base = projectFolder(dirname(file));
  const source = relative(base, file).slice(0, -extname(file).length).replaceAll("\\", "/");
  const compiled = await compile({ base, file: source, name, defines: options.defines });
  const metadata = metadataOf(compiled);
  const binary = withMetadata(compiled.binary, metadata);
  const wasmPath = resolve(options.outDir ?? "build", `${name}.wasm`);
  mkdirSync(dirname(wasmPath), { recursive: true });
  writeFileSync(wasmPath, binary);
  writeFileSync(`${wasmPath}.map`, compiled.sourceMap);
  const { warnings, findings } = compiled;
  const mapPath = `${wasmPath}.map`;
  return { name, wasmPath, mapPath, binary, metadata, warnings, sources: findings.sources };
}

function metadataOf({ findings, needs }: CompiledModule): ModuleMetadata {
  const { filters, sources } = findings;
  const compiler = JSON.parse(readFileSync(compilerManifest(), "utf8")).version as string;
  const infos = filters.map(({ className, rootId, kind, settings, stateful, holdsHeaders }) => ({
    className,
    rootId,
    kind,
    settings,
    stateful: stateful || needs.tracking,
    holdsHeaders,
  }));
  const tags = metricTags(sources);
  return { sdk: packageVersion, compiler, filters: infos, ...(tags.length > 0 ? { metricTags: tags } : {}) };
}

function compilerManifest(): string {
  const nested = join(packageRoot, "node_modules", "assemblyscript", "package.json");
  return existsSync(nested) ? nested : join(packageRoot, "..", "assemblyscript", "package.json");
}

function entryFile(entry: string): string {
  const path = resolve(entry);
  if (!existsSync(path)) throw new UserError(`${entry}: no such file or folder`);
  if (!statSync(path).isDirectory()) return path;
  const file = join(path, "filter.ts");
  if (!existsSync(file)) throw new UserError(`${entry}: holds no filter.ts`);
  return file;
}

/** A folder's `filter.ts` is named after the folder, any other file after itself. */
function moduleName(file: string): string {
  const own = basename(file, extname(file));
  return own === "filter" ? basename(dirname(file)) : own;
}

/** The folder that a project's paths are shown relative to: the nearest one with a package.json, else the file's own. */
function projectFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return folder;
  }
}

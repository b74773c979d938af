import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { UserError } from "../errors.js";
import { packageRoot, packageVersion } from "../package-root.js";
import { writeWhole } from "../whole.js";
import { remembered, type Kept } from "./cache.js";
import type { Compilation, CompiledModule } from "./compile.js";
import { metricTags } from "./metric-tags.js";
import { readMetadata, withMetadata, type ModuleMetadata } from "./metadata.js";
import type { Origins } from "./origins.js";
import { entryText, sourceReader } from "./sources.js";

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
  /** Sees the module before anything is written, and throws where it must not be. */
  check?: (module: BuiltModule) => void;
}

export type BuiltModule = Pick<BuildResult, "name" | "binary" | "origins">;

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
  /** Where the author's files come to host functions, and are come to by callbacks. */
  origins: Origins;
}

/** Compiles a filter to `<outDir>/<name>.wasm`. Throws a `UserError` that shows the compiler's messages. */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const file = entryFile(options.entry);
  const name = options.name ?? moduleName(file);
  const base = projectFolder(dirname(file));
  const source = relative(base, file).slice(0, -extname(file).length).replaceAll("\\", "/");
  const kept = await compiledOnce({ base, file: source, name, defines: options.defines });
  const { binary, sourceMap, warnings, sources, origins } = kept;
  const metadata = readMetadata(binary)!;
  options.check?.({ name, binary, origins });
  const wasmPath = resolve(options.outDir ?? "build", `${name}.wasm`);
  const mapPath = `${wasmPath}.map`;
  writeWhole(wasmPath, binary);
  writeWhole(mapPath, sourceMap);
  return { name, wasmPath, mapPath, binary, metadata, warnings, sources, origins };
}

/** From the cache, where it was compiled before: then the compiler is not even loaded. */
function compiledOnce({ base, file, name, defines }: Omit<Compilation, "read">): Promise<Kept> {
  const made = { sdk: packageVersion, compiler: compilerVersion(), file, name, defines };
  const read = sourceReader(base, entryText(file));
  return remembered(made, `${file}.ts`, read, (asked) =>
    compiledNow({ base, file, name, defines, read: asked }),
  );
}

async function compiledNow(compilation: Compilation): Promise<Kept> {
  const { compile } = await import("./compile.js");
  const compiled = await compile(compilation);
  const { sourceMap, warnings, findings } = compiled;
  const binary = withMetadata(compiled.binary, metadataOf(compiled));
  return { binary, sourceMap, warnings, sources: findings.sources, origins: findings.origins };
}

function metadataOf({ findings, needs }: CompiledModule): ModuleMetadata {
  const { filters, sources } = findings;
  const infos = filters.map(({ className, rootId, kind, settings, stateful, holdsHeaders }) => ({
    className,
    rootId,
    kind,
    settings,
    stateful: stateful || needs.tracking,
    holdsHeaders,
  }));
  const tags = metricTags(sources);
  return {
    sdk: packageVersion,
    compiler: compilerVersion(),
    filters: infos,
    ...(tags.length > 0 ? { metricTags: tags } : {}),
  };
}

function compilerVersion(): string {
  const nested = join(packageRoot, "node_modules", "assemblyscript", "package.json");
  const manifest = existsSync(nested) ? nested : join(packageRoot, "..", "assemblyscript", "package.json");
  return JSON.parse(readFileSync(manifest, "utf8")).version;
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

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { packageRoot } from "../../package-root.js";

/** Where the sources of packages that every spec needs are, wherever the project lives. */
const packages: Record<string, string> = {
  meshscript: packageRoot,
  "@as-pect/assembly": installed("@as-pect/assembly", packageRoot),
};

// Node's own look-up would ask for an export of the package, and it has none for its sources.
function installed(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder) || dirname(from) === from) return folder;
  return installed(name, dirname(from));
}

const IN_PACKAGE = /(?:^|[\\/])node_modules[\\/](meshscript|@as-pect[\\/]assembly)[\\/](.*)$/;

export type ReadSource = (name: string, baseDir: string) => Promise<string | null>;

/** A reader of source files for the compiler. `virtual` holds files that exist only here. */
export function sourceReader(virtual: Record<string, string>): ReadSource {
  const seen = new Map<string, Promise<string | null>>();
  return (name, baseDir) => {
    const invented = virtual[name];
    if (invented !== undefined) return Promise.resolve(invented);
    const shared = packagePath(name);
    if (shared === null) return readIfThere(resolve(baseDir, name));
    const text = seen.get(shared) ?? readIfThere(shared);
    seen.set(shared, text);
    return text;
  };
}

function readIfThere(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}

// This package's own sources, even where the project has none or another version in its node_modules:
// the library, the tools and the emulator have to fit each other.
function packagePath(name: string): string | null {
  const inside = IN_PACKAGE.exec(name);
  return inside ? join(packages[inside[1]!.replaceAll("\\", "/")]!, inside[2]!) : null;
}

/** The file behind a path that the compiler reports; null for the standard library and other people's packages. */
export function fileOf(normalizedPath: string, cwd: string): string | null {
  if (normalizedPath.startsWith("~lib/meshscript/")) {
    return join(packageRoot, normalizedPath.slice("~lib/meshscript/".length));
  }
  return normalizedPath.startsWith("~lib/") ? null : resolve(cwd, normalizedPath);
}

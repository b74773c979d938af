import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { UserError } from "../errors.js";

/** The versions that are meant to be live, by filter, and who says so. */
export interface Expected {
  by: string;
  versions: Map<string, string>;
}

interface Filter {
  name: string;
  config_discovery?: { config_source: { path_config_source?: { path: string } } };
  typed_config?: { http_filters?: Filter[] };
}

/** What the folder holds that `meshscript config --target ecds --out` wrote. A UserError where it is none. */
export function publishedIn(folder: string): Expected {
  const bootstrap = [folder, join(folder, "ecds")].map((one) => join(one, "envoy.yaml")).find(existsSync);
  if (bootstrap === undefined)
    throw new UserError(`${folder}: holds no envoy.yaml`, `Publish to it: ${command}`);
  const { static_resources } = read(bootstrap) as {
    static_resources: { listeners: { filter_chains: { filters: Filter[] }[] }[] };
  };
  const outer = static_resources.listeners.flatMap(({ filter_chains }) =>
    filter_chains.flatMap(({ filters }) => filters),
  );
  const filters = outer.flatMap((filter) => [filter, ...(filter.typed_config?.http_filters ?? [])]);
  const found = filters.flatMap(({ name, config_discovery }): [string, string][] => {
    const path = config_discovery?.config_source.path_config_source?.path;
    return path === undefined ? [] : [[name, versionIn(join(dirname(bootstrap), path))]];
  });
  if (found.length > 0) return { by: folder, versions: new Map(found) };
  throw new UserError(`${bootstrap}: names no filter that Envoy watches`, `Publish to it: ${command}`);
}

const command = "npx meshscript config … --target ecds --out DIR";

function versionIn(file: string): string {
  const { version_info } = read(file) as { version_info?: unknown };
  if (typeof version_info === "string" && version_info !== "") return version_info;
  throw new UserError(`${file}: has no version_info, so Envoy cannot be asked for it`);
}

function read(file: string): object {
  try {
    return parse(readFileSync(file, "utf8"), { version: "1.1" }) ?? {};
  } catch (error) {
    throw new UserError(`${file}: cannot be read: ${(error as Error).message.split("\n")[0]}`);
  }
}

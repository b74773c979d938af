import { parseArgs } from "node:util";
import { allManifests } from "../manifest/find.js";
import { packageRoot } from "../package-root.js";
import { terminal } from "../terminal/index.js";
import { modulesOf } from "./modules.js";
import { sizeTable } from "./size-table.js";

/** `npm run build`: compiles the ready-made filters and prints each module's size by part. */
export async function buildFilters(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const modules = modulesOf(packageRoot);
  const results = [];
  for (const manifest of allManifests(packageRoot)) results.push(await modules.ofManifest(manifest));
  const { line } = terminal();
  for (const text of sizeTable(results)) line(text);
  return 0;
}

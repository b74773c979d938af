// Ends with 1 and a clear message where a module that an Envoy configuration names is not there.
import { accessSync, constants, readFileSync } from "node:fs";

const configuration = readFileSync(process.argv[2], "utf8");
const modules = [
  ...new Set(Array.from(configuration.matchAll(/filename: (\S+\.wasm)$/gm), ([, path]) => path)),
];
const missing = modules.filter((path) => !isReadable(path));
for (const path of missing) console.error(`${path} is not there, or not readable for all.`);
if (missing.length > 0) console.error("Build the modules first: npm run build");
process.exit(missing.length > 0 ? 1 : 0);

function isReadable(path) {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

// Makes a fresh clone usable and hands over to a verb of the repository: node tools/bootstrap.mjs VERB [ARGUMENTS].
// Nothing is installed when this runs, so it knows only what Node brings along.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { prepare, root } from "./bootstrap/prepare.mjs";
import { Failure } from "./bootstrap/step.mjs";

try {
  const [verb, ...args] = process.argv.slice(2);
  await prepare(root);
  const { runVerb } = await import(pathToFileURL(join(root, "dist/tools/cli/verbs.js")).href);
  process.exitCode = await runVerb(verb, args);
} catch (error) {
  process.stderr.write(error instanceof Failure ? `meshscript: ${error.message}\n` : `${error.stack}\n`);
  process.exitCode = 1;
}

import { runVerb } from "../../../../tools/cli/verbs.js";

process.exitCode = await runVerb(process.argv[2], process.argv.slice(3));

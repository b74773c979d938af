import { main } from "../../../../tools/cli/main.js";

process.exitCode = await main(process.argv.slice(2));

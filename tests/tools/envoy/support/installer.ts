/** Installs the release given as JSON, and prints the outcome: a process of its own for the tests of two at once. */
import { installEnvoy } from "../../../../tools/envoy/install.js";

const release = JSON.parse(process.argv[2]!);
const outcome = await installEnvoy({ environment: process.env, screen: process.stderr, release });
process.stdout.write(JSON.stringify(outcome));

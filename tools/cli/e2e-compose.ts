import { parseArgs } from "node:util";
import {
  CannotRun,
  openContainers,
  playDemo,
  teardown,
  type Containers,
  type Teardown,
} from "../compose/index.js";
import { freePort } from "../compose/ports.js";
import { packageRoot } from "../package-root.js";
import { terminal, type Terminal } from "../terminal/index.js";
import { allManifests } from "../manifest/find.js";
import { modulesOf } from "./modules.js";
import { findInputs } from "./testing/inputs.js";
import { sumOf, tallyLine, type Tally } from "./testing/tally.js";
import { playTraffic } from "./testing/traffic.js";

/**
 * `npm run e2e:compose`: the demo of compose.yaml as a user starts it, then traffic cases through its Envoy, one container
 * for each configuration. Nothing that it started outlives it.
 */
export async function e2eCompose(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { verbose: { type: "boolean" } },
    allowPositionals: true,
  });
  const screen = terminal();
  if (process.env.MESHSCRIPT_NO_DOCKER) return notRun("MESHSCRIPT_NO_DOCKER is set", undefined, screen);
  const ends = teardown((message) => screen.line(screen.colors.red(message)));
  try {
    const tally = await play(ends, positionals, values.verbose ?? false, screen);
    screen.line(`\n${tallyLine(tally)}`);
    return tally.failed > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    return notRun(error.message, error.hint, screen);
  } finally {
    ends.run();
  }
}

async function play(ends: Teardown, paths: string[], verbose: boolean, screen: Terminal): Promise<Tally> {
  const containers = await openContainers(ends, (note) => screen.line(screen.colors.dim(note)));
  screen.line(`Containers: ${containers.description}`);
  const modules = modulesOf(packageRoot);
  for (const { folder } of allManifests(packageRoot)) await modules.of(folder);
  const demo = await demoTally(containers, screen);
  const host = await containers.host();
  screen.line(`\n${screen.colors.bold("Traffic")} on ${await host.version()}`);
  const { traffic: files } = findInputs(packageRoot, paths.length > 0 ? paths : ["tests/traffic"]);
  const played = await playTraffic({
    project: packageRoot,
    files,
    hosts: ["compose"],
    open: async () => host,
    atOnce: 2,
    verbose,
    modules,
    screen,
  });
  return sumOf([demo, played]);
}

async function demoTally({ project }: Containers, screen: Terminal): Promise<Tally> {
  const ports = { requests: await freePort(), admin: await freePort() };
  screen.line(screen.colors.bold("\nDemo of compose.yaml"));
  await project.up({ ENVOY_PORT: String(ports.requests), ENVOY_ADMIN_PORT: String(ports.admin) });
  const results = await playDemo(ports);
  await project.stop();
  for (const { command, status, problem } of results)
    screen.line(
      problem ? `  ${screen.colors.red("FAILED")} ${command}: ${problem}` : `  ${status}  ${command}`,
    );
  const failed = results.filter(({ problem }) => problem !== "").length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

/** Not passed either: a failure, unless whoever calls says that there is no docker. */
function notRun(why: string, hint: string | undefined, { line, colors }: Terminal): number {
  line(colors.yellow(`NOT RUN: ${why}`));
  if (hint) line(colors.dim(hint));
  line(`\n${tallyLine({ passed: 0, failed: 0, skipped: 1 })}`);
  return process.env.MESHSCRIPT_NO_DOCKER ? 0 : 1;
}

import { terminal } from "../../terminal/index.js";
import type { CaseResult } from "../../traffic/index.js";
import { hostName } from "../hosts.js";
import type { Modules } from "../modules.js";
import { findInputs } from "./inputs.js";
import { coverageFloor, runUnitSpecs } from "./specs.js";
import { sumOf, tallyLine, type Tally } from "./tally.js";
import { playTraffic } from "./traffic.js";

export interface TestOptions {
  /** Hosts on which traffic is played, with commas between. */
  on: string;
  verbose?: boolean;
  update?: boolean;
  /** Where compiled filters are shared with others. */
  modules?: Modules;
  /** Takes what each traffic case came to. */
  seen?: (results: readonly CaseResult[]) => void;
}

/** `meshscript test`: the current folder's specs and traffic cases. */
export async function testCurrentFolder(paths: readonly string[], options: TestOptions): Promise<number> {
  const tally = await testProject(process.cwd(), paths, options);
  terminal().line(`\n${tallyLine(tally)}`);
  return tally.failed > 0 ? 1 : 0;
}

/** Runs a project's specs and plays its traffic. Coverage is counted where all of it runs. */
export async function testProject(
  project: string,
  paths: readonly string[],
  options: TestOptions,
): Promise<Tally> {
  const screen = terminal();
  const hosts = hostsOf(options.on);
  const { verbose, seen, modules } = options;
  const { specs, traffic: files } = findInputs(project, paths);
  const tallies: Tally[] = [];
  if (specs.length > 0) {
    screen.line(screen.colors.bold("Unit specs"));
    const floor = paths.length === 0 ? coverageFloor(project) : undefined;
    tallies.push(await runUnitSpecs({ project, specs, floor, update: options.update, screen }));
  }
  if (files.length > 0) {
    screen.line(screen.colors.bold(`${specs.length > 0 ? "\n" : ""}Traffic`));
    tallies.push(await playTraffic({ project, files, hosts, verbose, seen, modules, screen }));
  }
  return sumOf(tallies);
}

function hostsOf(list: string): string[] {
  return [...new Set(list.split(",").map((name) => hostName(name.trim(), "--on")))];
}

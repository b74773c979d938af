import { resolve } from "node:path";
import { UserError } from "../errors.js";
import type { FilterInstance, Host, HostSetup, Metrics, Started } from "../traffic/host.js";
import { generateBootstrap } from "./bootstrap.js";
import type { Exit } from "./child.js";
import { needEnvoy } from "./find.js";
import { explain, type Failure } from "./failure.js";
import { isFilterLine, linesOfFilters } from "./filter-log.js";
import type { Envoy } from "./found.js";
import type { LogLine } from "./log.js";
import { readMetrics } from "./metrics.js";
import { pluginOfInstance, type Plugin } from "./plugin.js";
import { startEnvoy, type EnvoyProcess } from "./process.js";
import { redactorFor } from "./redact.js";

/** Real Envoy, a process of its own for each start. Where none is given, the first use finds or installs it. */
export function envoyHost(envoy?: Envoy): EnvoyHost {
  let found = envoy && Promise.resolve(envoy);
  const program = () => (found ??= needEnvoy());
  return {
    name: "envoy",
    version: async () => `Envoy ${(await program()).version}`,
    start: async (setup) => start((await program()).path, setup),
  };
}

export interface EnvoyHost extends Host {
  start(setup: HostSetup): Promise<StartedEnvoy>;
}

/** Beyond what any host offers: the process, and how it ended. */
export interface RunningEnvoy {
  port: number;
  logs(): readonly string[];
  metrics(): Promise<Metrics>;
  stop(): Promise<void>;
  envoy: EnvoyProcess;
  /** Resolves, with one line to show, when Envoy ended without being asked to. */
  died: Promise<string>;
}

export type StartedEnvoy = Exclude<Started, { refused: false }> | { refused: false; running: RunningEnvoy };

async function start(binary: string, setup: HostSetup): Promise<StartedEnvoy> {
  const chain = setup.chain.map((instance: FilterInstance) =>
    pluginOfInstance(instance, resolve(instance.wasm)),
  );
  const bootstrap = bootstrapFor(setup, chain);
  const started = await startEnvoy({ binary, bootstrap, logLevel: setup.logLevel });
  if (started.ready) return { refused: false, running: running(started.envoy, chain, bootstrap) };
  const failure = explain(started.lines, chain, redactorFor(bootstrap));
  if (failure.problems.length > 0 || failure.refused) return { refused: true, problems: problemsOf(failure) };
  throw startFailure(failure, started.exit, setup.port);
}

function bootstrapFor(setup: HostSetup, chain: Plugin[]): string {
  return generateBootstrap({
    chain,
    listen: { port: setup.port ?? 0 },
    admin: { port: 0 },
    upstream: setup.upstream,
    callees: setup.callees,
    http1Trailers: true,
    statsOnDemand: true,
  });
}

function problemsOf({ problems, reason }: Failure): string[] {
  return problems.length > 0 ? problems : [reason];
}

function startFailure(failure: Failure, exit: Exit, port: number | undefined): UserError {
  if (/Address already in use/.test(failure.reason)) {
    return new UserError(`port ${port} is in use`, "Choose another, or none for a free one.");
  }
  const reason = failure.reason || "it gave no reason";
  return new UserError(
    `Envoy did not start: ${reason} (${ending(exit)})`,
    failure.details.join("\n") || undefined,
  );
}

function running(envoy: EnvoyProcess, chain: Plugin[], bootstrap: string): RunningEnvoy {
  let asked = false;
  const died = new Promise<string>((tell) => {
    void envoy.exited.then((exit) => asked || tell(obituary(envoy.lines(), exit, chain, bootstrap)));
  });
  return {
    port: envoy.port,
    envoy,
    died,
    metrics: () => readMetrics(envoy.adminPort),
    logs: () => linesOfFilters(envoy.lines(), chain),
    stop() {
      asked = true;
      return envoy.stop();
    },
  };
}

function obituary(lines: readonly LogLine[], exit: Exit, chain: Plugin[], bootstrap: string): string {
  const last = lines.filter((line) => line.level === "critical" && !isFilterLine(line));
  const { reason } = explain(last, chain, redactorFor(bootstrap));
  return `Envoy ended (${ending(exit)})${reason ? `: ${reason}` : ""}`;
}

function ending({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`;
}

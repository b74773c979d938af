import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEnvoy, type EnvoyProcess } from "../../../../tools/envoy/process.js";
import { readEnvoy, type EnvoyState } from "../../../../tools/rollout/index.js";

/** An Envoy as someone starts it in the folder that was published to. */
export interface Watcher {
  process: EnvoyProcess;
  admin: string;
  state(): Promise<EnvoyState>;
  /** Resident memory, in MB. */
  memory(): number;
}

export async function startWatcher(folder: string, binary: string, concurrency = 1): Promise<Watcher> {
  const cwd = join(folder, "ecds");
  const bootstrap = readFileSync(join(cwd, "envoy.yaml"), "utf8");
  const started = await startEnvoy({ binary, bootstrap, cwd, concurrency });
  if (!started.ready) throw new Error(started.lines.map(({ text }) => text).join("\n"));
  const { envoy } = started;
  const admin = `http://127.0.0.1:${envoy.adminPort}`;
  return { process: envoy, admin, state: () => readEnvoy(admin), memory: () => memoryOf(envoy.pid) };
}

/** NaN where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}

import { readFileSync, renameSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { pluginOfInstance } from "../../tools/envoy/plugin.js";
import { scratch, type Scratch } from "../../tools/envoy/scratch.js";
import { wasmFilter } from "../../tools/envoy/wasm-filter.js";
import { openConnection } from "../envoy/http1.js";
import { startBenchEnvoy, type BenchEnvoy } from "../envoy/process.js";
import { discovery, FILTER, FILTERED, memoryBootstrap } from "./bootstrap.js";
import { warmUpOf, type EmulatedLoad, type Memory } from "./emulated.js";
import { mixed } from "./mix.js";
import { variantOf, type Subject } from "./subjects.js";

/** Memory of a filter in Envoy, as it tells itself, and of Envoy's process. */
export interface RealMemory extends Memory {
  /** Of the process in KiB, after the first tenth and at the end. */
  readonly resident: readonly [warm: number, end: number];
}

const IN_FLIGHT = 64;
const TIMEOUT_MS = 60_000;
const UPDATE_TIMEOUT_MS = 30_000;
const POLL_MS = 10;

/** Sends a mix of requests through a filter in real Envoy, 64 at a time. */
export async function measureReal(
  subject: Subject,
  wasm: string,
  binary: string,
  load: EmulatedLoad,
): Promise<RealMemory> {
  const place = scratch();
  try {
    publish(place, subject, wasm, 0);
    const bootstrap = memoryBootstrap(`${place.folder}/filter.yaml`, await freePort());
    const envoy = await startBenchEnvoy({ binary, bootstrap, place, wrap: (command) => command });
    return await run(envoy, place, subject, wasm, load).finally(envoy.stop);
  } finally {
    place.remove();
  }
}

async function run(
  envoy: BenchEnvoy,
  place: Scratch,
  subject: Subject,
  wasm: string,
  load: EmulatedLoad,
): Promise<RealMemory> {
  const started = Date.now();
  const port = envoy.ports.get(FILTERED)!;
  const seen = { pages: 0, most: 0 };
  const send = (from: number, to: number): Promise<void> => sendMix(port, subject, from, to, seen);
  await send(0, 1);
  const start = seen.pages;
  const warmUp = warmUpOf(load.requests);
  const parts = Math.max(10, load.reconfigurations);
  let [warm, residentWarm] = [0, 0];
  for (let i = 0; i < parts; i++) {
    await send(Math.floor((load.requests * i) / parts), Math.floor((load.requests * (i + 1)) / parts));
    if (warm === 0 && (load.requests * (i + 1)) / parts >= warmUp)
      [warm, residentWarm] = [seen.pages, residentKiB(envoy.pid)];
    if (i < load.reconfigurations) await update(place, subject, wasm, i + 1);
  }
  const seconds = (Date.now() - started) / 1000;
  return {
    start,
    warm,
    end: seen.pages,
    most: seen.most,
    seconds,
    resident: [residentWarm, residentKiB(envoy.pid)],
  };
}

/** Requests `from` to `to`, 64 at a time; remembers what the filter said of its memory. */
async function sendMix(
  port: number,
  { module, asks }: Subject,
  from: number,
  to: number,
  seen: { pages: number; most: number },
) {
  let next = from;
  const work = async (): Promise<void> => {
    const connection = await openConnection(port, TIMEOUT_MS);
    try {
      while (next < to) {
        const n = next++;
        const { status, headers } = await connection.ask(requestBytes(n, asks));
        const wanted = mixed(n, asks).status;
        if (status !== wanted)
          throw new Error(`${module}: request ${n} was answered ${status}, not ${wanted}`);
        seen.pages = Number(headers.get("x-pages") ?? seen.pages);
        seen.most = Math.max(seen.most, seen.pages);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, to - from) }, work));
}

function requestBytes(n: number, asks: boolean): Buffer {
  const { headers, body } = mixed(n, asks);
  const framing = body === null ? [] : [["content-length", String(body.length)] as const];
  const lines = [["host", "localhost"] as const, ...headers, ...framing].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(
    `${body === null ? "GET" : "POST"} / HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`,
    "latin1",
  );
}

/** One VM for all configurations, so that it is the same memory from the first to the last. */
function publish(place: Scratch, { module, configuration }: Subject, wasm: string, n: number): void {
  const options = { vmId: module, fullCallbacks: true };
  const instance = {
    name: FILTER,
    wasm,
    rootId: "",
    configuration: variantOf(configuration, n),
    environment: {},
    options,
  };
  const next = place.write("filter.next", discovery(wasmFilter(pluginOfInstance(instance, wasm))));
  renameSync(next, `${place.folder}/filter.yaml`);
}

/** Changes the configuration and waits until Envoy has taken it. */
async function update(place: Scratch, subject: Subject, wasm: string, n: number): Promise<void> {
  publish(place, subject, wasm, n);
  for (const deadline = Date.now() + UPDATE_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if ((await updatesTaken(place)) > n) return;
  }
  throw new Error(`${subject.module}: Envoy did not take update ${n}`);
}

async function updatesTaken(place: Scratch): Promise<number> {
  const admin = readFileSync(`${place.folder}/admin`, "utf8");
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const stats = await (
    await fetch(`http://${admin}/stats?filter=extension_config_discovery`, { signal })
  ).text();
  return Number(/\.config_reload: (\d+)/.exec(stats)?.[1] ?? 0);
}

function residentKiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

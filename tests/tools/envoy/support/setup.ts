import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atProcessEnd } from "../../../../tools/envoy/cleanup.js";
import type { FilterInstance, HostSetup } from "../../../../tools/traffic/host.js";

/** A folder that is gone when the test process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-test-"));
  atProcessEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Upstream {
  port: number;
  seen: IncomingMessage[];
  close(): void;
}

/** Answers every request with 200. */
export async function upstream(): Promise<Upstream> {
  const seen: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(request);
    response.end("hello\n");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return { port, seen, close: () => void server.close().closeAllConnections() };
}

export function instance(wasm: string, changes: Partial<FilterInstance> = {}): FilterInstance {
  return { name: "raw", wasm, rootId: "", configuration: "", environment: {}, options: {}, ...changes };
}

export function setup(chain: FilterInstance[], changes: Partial<HostSetup> = {}): HostSetup {
  return { chain, upstream: { port: 9, protocol: "http1" }, ...changes };
}

/** Whether a process of that id exists. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

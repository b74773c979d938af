import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { HostSetup } from "../host.js";
import type { Response, SeenRequest } from "../wire/message.js";
import { startUpstream } from "../wire/upstream.js";
import type { Upstream } from "../wire/upstream.js";
import type { Callee } from "./types.js";

/** The callees of a document, each a server of its own. */
export interface OpenCallees {
  /** For the host. */
  setup: NonNullable<HostSetup["callees"]>;
  /** Begins a case: what callees answer where it is not what the document says, and nothing was called yet. */
  begin(answers: Record<string, Response[]>): void;
  /** What each was called with since then. */
  called(): Record<string, readonly SeenRequest[]>;
  stop(): Promise<void>;
}

export async function openCallees(callees: Record<string, Callee>): Promise<OpenCallees> {
  const servers: Record<string, Upstream> = {};
  const setup: OpenCallees["setup"] = {};
  for (const [name, { down, protocol, answers }] of Object.entries(callees)) {
    if (!down) servers[name] = await startUpstream();
    // Filters may call while they are being configured, before any case has begun.
    servers[name]?.answerWith(...answers);
    setup[name] = { port: servers[name]?.port ?? (await closedPort()), protocol };
  }
  return {
    setup,
    begin(answers) {
      for (const [name, server] of Object.entries(servers)) {
        server.take();
        server.answerWith(...(answers[name] ?? callees[name]!.answers));
      }
    },
    called: () =>
      Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, server.arrived()])),
    stop: async () => void (await Promise.all(Object.values(servers).map((server) => server.stop()))),
  };
}

/** A port that was free a moment ago: nobody listens there. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { calleesOf } from "../manifest/callees.js";
import { findManifest } from "../manifest/find.js";
import type { Manifest } from "../manifest/manifest.js";
import { terminal, type Terminal } from "../terminal/index.js";
import type { Host, Running } from "../traffic/host.js";
import { chainOf } from "./chain.js";
import { curlLine } from "./curl.js";
import { startEcho } from "./echo.js";
import { UsageError, named } from "./exit.js";
import { hostName, openHostOrEmulator } from "./hosts.js";
import { portOf } from "./port.js";
import { serveUntilSignal } from "./serve.js";
import { startOrRefuse } from "./start-or-refuse.js";

export interface RunOptions {
  host?: string;
  port?: string;
  upstream?: string;
}

/** Builds the filters, serves them, and returns after Ctrl-C. */
export async function run(names: readonly string[], options: RunOptions): Promise<number> {
  const screen = terminal();
  const wanted = options.host === undefined ? undefined : hostName(options.host, "--host");
  const port = options.port === undefined ? undefined : portOf(options.port, "--port");
  const given = options.upstream === undefined ? undefined : upstreamPort(options.upstream);
  const manifests = names.map((name) => named(() => findManifest(name)));
  const chain = await chainOf(manifests, process.cwd());
  const host = await openHostOrEmulator(wanted, screen);
  const echo = given === undefined ? await startEcho() : undefined;
  try {
    const upstream = { port: given ?? echo!.port, protocol: "http1" as const };
    const running = await startOrRefuse(host, { chain, upstream, callees: calleesOf(manifests), port });
    await serve(running, host, manifests, screen);
  } finally {
    await echo?.stop();
  }
  return 0;
}

async function serve(
  running: Running,
  host: Host,
  manifests: readonly Manifest[],
  screen: Terminal,
): Promise<void> {
  try {
    const chain = manifests.map((manifest) => manifest.name).join(" -> ");
    screen.line(`${chain} in ${await host.version()}. Ctrl-C ends it. Try:`);
    screen.line(`  ${curlLine(running.port, manifests)}`);
    await serveUntilSignal(running, screen);
  } finally {
    await running.stop();
  }
}

/** A port, or the URL of a server on this machine. */
function upstreamPort(text: string): number {
  const url = /^http:\/\/(127\.0\.0\.1|localhost)(?::(\d+))?\/?$/.exec(text);
  if (url) return portOf(url[2] ?? "80", "--upstream");
  if (/^\d+$/.test(text)) return portOf(text, "--upstream");
  throw new UsageError(`--upstream: ${text} is neither a port nor http://127.0.0.1:PORT`);
}

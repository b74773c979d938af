import { join } from "node:path";
import { parseArgs } from "node:util";
import { planCallees, planDemo, playDemo } from "../demo/index.js";
import { calleesOf } from "../manifest/callees.js";
import { findManifest } from "../manifest/find.js";
import type { Manifest } from "../manifest/manifest.js";
import { readMesh } from "../mesh/read.js";
import { packageRoot, packageVersion } from "../package-root.js";
import { terminal, type Terminal } from "../terminal/index.js";
import { openCallees, startUpstream, type Host, type Running, type Upstream } from "../traffic/index.js";
import { chainOf } from "./chain.js";
import { curlLine } from "./curl.js";
import { startEcho } from "./echo.js";
import { named } from "./exit.js";
import { hostName, openHostOrEmulator } from "./hosts.js";
import { portOf } from "./port.js";
import { serveUntilSignal } from "./serve.js";
import { startOrRefuse } from "./start-or-refuse.js";
import { tallyLine } from "./testing/tally.js";

const options = {
  once: { type: "boolean" },
  filters: { type: "string" },
  host: { type: "string" },
  port: { type: "string" },
} as const;

/** `npm start`: plays the filters' demo in a real proxy, then serves until Ctrl-C. */
export async function start(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const screen = terminal();
  const wanted = values.host === undefined ? undefined : hostName(values.host, "--host");
  const port = values.port === undefined ? undefined : portOf(values.port, "--port");
  const manifests = chosen(values.filters);
  const scenes = planDemo(manifests);
  const planned = planCallees(manifests);
  const chain = await chainOf(manifests, packageRoot);
  const host = await openHostOrEmulator(wanted, screen);
  const [upstream, callees] = [await startUpstream(), await openCallees(planned)];
  try {
    const running = await startOrRefuse(host, {
      chain,
      upstream: { port: upstream.port, protocol: "http1" },
      callees: { ...calleesOf(manifests), ...callees.setup },
      port,
    });
    try {
      await introduce(host, manifests, screen);
      const tally = await playDemo(scenes, running, upstream, screen);
      screen.line(`\n${tallyLine({ ...tally, skipped: 0 })}`);
      if (!values.once) await serve(running, upstream, manifests, screen);
      return tally.failed > 0 ? 1 : 0;
    } finally {
      await running.stop();
    }
  } finally {
    await upstream.stop();
    await callees.stop();
  }
}

/** The filters that were named, else jwt in front of the chain of the repository's mesh.yaml. */
function chosen(filters: string | undefined): Manifest[] {
  const manifestOf = (name: string) => named(() => findManifest(name.trim(), packageRoot));
  if (filters !== undefined) return filters.split(",").map(manifestOf);
  const { links } = readMesh(join(packageRoot, "mesh.yaml"));
  return [manifestOf("jwt"), ...links.map(({ manifest }) => manifest)];
}

async function introduce(
  host: Host,
  manifests: readonly Manifest[],
  { line, colors }: Terminal,
): Promise<void> {
  const names = manifests.map((manifest) => colors.bold(manifest.name)).join(" → ");
  line(`meshscript ${packageVersion} in ${await host.version()}: ${names}`);
}

/** For people, the upstream answers with what it was sent. */
async function serve(
  running: Running,
  upstream: Upstream,
  manifests: readonly Manifest[],
  screen: Terminal,
): Promise<void> {
  await upstream.stop();
  const echo = await startEcho(upstream.port);
  try {
    screen.line("\nServing until Ctrl-C. Try:");
    screen.line(`  ${screen.colors.cyan(curlLine(running.port, manifests))}`);
    await serveUntilSignal(running, screen, running.logs().length);
  } finally {
    await echo.stop();
  }
}

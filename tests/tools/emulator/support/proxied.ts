import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { emulatorHost } from "../../../../tools/emulator/index.js";
import type { HostOptions, HostSetup, Running, Started } from "../../../../tools/traffic/host.js";
import { probe } from "./compile.js";
import { rawUpstream, type RawUpstream } from "./raw.js";

export interface Proxied {
  running: Running;
  port: number;
}

export const hello = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello\n";

/** Starts the embedded host with one probe for each script, in front of an upstream; the test's end stops it. */
export async function start(
  test: TestContext,
  scripts: readonly (readonly string[])[],
  upstream: HostSetup["upstream"],
  options: HostOptions = {},
): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), "meshscript-emulator-"));
  test.after(() => rm(folder, { recursive: true }));
  const wasm = join(folder, "probe.wasm");
  await writeFile(wasm, await probe());
  const chain = scripts.map((script, index) => ({
    name: `probe-${index}`,
    wasm,
    rootId: "",
    configuration: script.join("\n"),
    environment: {},
    options,
  }));
  const started = await emulatorHost().start({ chain, upstream });
  if (!started.refused) test.after(() => started.running.stop());
  return started;
}

export async function proxied(
  test: TestContext,
  scripts: readonly (readonly string[])[],
  upstream: HostSetup["upstream"],
  options: HostOptions = {},
): Promise<Proxied> {
  const started = await start(test, scripts, upstream, options);
  if (started.refused) throw new Error(started.problems.join("; "));
  return { running: started.running, port: started.running.port };
}

/** In front of an HTTP/1.1 upstream that answers hello unless told otherwise. */
export async function beforeHttp1(
  test: TestContext,
  script: readonly string[],
  answer: Parameters<typeof rawUpstream>[0] = () => hello,
  options: HostOptions = {},
): Promise<Proxied & { upstream: RawUpstream }> {
  const upstream = await rawUpstream(answer);
  test.after(() => upstream.close());
  const setup = { port: upstream.port, protocol: "http1" } as const;
  return { ...(await proxied(test, [script], setup, options)), upstream };
}

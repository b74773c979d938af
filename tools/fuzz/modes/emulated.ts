import { Clock, Emulator, LoadError, type Header, type Plugin } from "../../emulator/index.js";
import { HeaderMap } from "../../emulator/http/header-map.js";
import type { Random } from "../../parity/random.js";
import { ProblemError } from "../finding.js";
import { configurationText } from "../make/configuration.js";
import { requestHeaders } from "../make/headers.js";
import { wordsIn } from "../make/words.js";
import type { Loaded } from "../run.js";
import { connectionSteps } from "./connection.js";
import { exchangeSteps } from "./exchange.js";

const year2026 = Date.UTC(2026, 0, 1);

/** The strict emulator runs the filter on a configuration and on traffic that no sane peer sends. */
export function emulated(random: Random, loaded: Loaded): void {
  const emulator = new Emulator({ clock: new Clock(year2026) });
  try {
    const configuration = configurationText(random, loaded.subject, random.chance(0.5));
    const plugin = load(emulator, loaded, configuration);
    if (plugin) traffic(random, loaded, emulator, plugin, configuration);
  } finally {
    loaded.watch.logged(emulator.logs().map((line) => Buffer.from(line.text).toString("latin1")));
  }
}

/** Null: refused, as most of these configurations should be. */
function load(emulator: Emulator, { subject, watch }: Loaded, configuration: Buffer): Plugin | null {
  watch.configured(configuration);
  const { wasm: module, name, rootId, environment, allowOnHeadersStopIteration } = subject;
  return orNull(configuration, () => {
    const plugin = emulator.load({
      module,
      name,
      rootId,
      environment,
      configuration,
      allowOnHeadersStopIteration,
    });
    if (plugin.skipped)
      throw new ProblemError("let through", "a VM that runs refuses what a fresh one accepts");
    return plugin;
  });
}

/** What `take` gives, null where the filter refuses the configuration. It has to refuse what is no JSON. */
function orNull<T>(configuration: Buffer, take: () => T): T | null {
  try {
    const taken = take();
    checkJson(configuration);
    return taken;
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    if (/failed: Uncaught/.test(error.message))
      throw new ProblemError("trap", `${error.message}: ${error.problems.join("; ")}`);
    return null;
  }
}

function checkJson(configuration: Buffer): void {
  // Blank is as good as none.
  if (configuration.toString("latin1").trim() === "") return;
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(configuration));
  } catch (error) {
    throw new ProblemError(
      "accepted",
      `${(error as Error).message}: ${JSON.stringify(configuration.toString("latin1")).slice(0, 400)}`,
    );
  }
}

function traffic(
  random: Random,
  loaded: Loaded,
  emulator: Emulator,
  plugin: Plugin,
  configuration: Buffer,
): void {
  const words = wordsIn(configuration.toString("utf8"));
  const open = random.times(1 + random.below(5), () => steps(random, loaded, plugin, words));
  for (let going = open; going.length > 0; ) {
    const chosen = random.pick(going);
    if (chosen.next().done) going = going.filter((one) => one !== chosen);
    if (random.chance(0.05)) tick(random, emulator, plugin);
    if (random.chance(0.02)) reconfigure(random, loaded, plugin);
    if (plugin.failure !== null) throw new ProblemError("trap", whyDead(emulator, plugin.failure));
  }
  plugin.close();
  if (plugin.failure !== null) throw new ProblemError("trap", whyDead(emulator, plugin.failure));
}

function steps(random: Random, loaded: Loaded, plugin: Plugin, words: readonly string[]): Generator<void> {
  if (loaded.subject.kind === "tcp") return connectionSteps(random, plugin, words);
  const request = requestHeaders(random, words);
  return exchangeSteps(random, plugin, request, words, () =>
    loaded.watch.passed(asHostKeeps(request), true, "emulator"),
  );
}

/** Lines of one name may have become one. */
function asHostKeeps(request: readonly Header[]): Header[] {
  return new HeaderMap("request", request).pairs();
}

function tick(random: Random, emulator: Emulator, plugin: Plugin): void {
  emulator.clock.advance(random.pick([0, 1, 1000, 3_600_000]));
  plugin.tick();
}

function reconfigure(random: Random, { subject, watch }: Loaded, plugin: Plugin): void {
  const configuration = configurationText(random, subject, random.chance(0.5));
  watch.configured(configuration);
  orNull(configuration, () => plugin.reconfigure(configuration));
}

function whyDead(emulator: Emulator, failure: string): string {
  const said = emulator.logs().find((line) => line.level === "critical");
  return said ? `${failure}; ${said.text}` : failure;
}

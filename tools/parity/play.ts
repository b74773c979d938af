import { setTimeout as sleep } from "node:timers/promises";
import type { FilterInstance, Host, Metrics, Running } from "../traffic/host.js";
import { sendHttp1 } from "../traffic/wire/http1-client.js";
import { sendHttp2 } from "../traffic/wire/http2-client.js";
import { startUpstream, type Upstream } from "../traffic/wire/upstream.js";
import { UserError } from "../errors.js";
import { evened } from "./known.js";
import { probeConfiguration, type Program } from "./program.js";
import { titleOf, type Sequence, type Stage } from "./sequence.js";
import { clientLines, upstreamLines, type View } from "./view.js";

/** A stream on which nothing moves is ended after this long: some programs hold a message for ever. */
const idleMs = 2000;
const answerWithinMs = 5000;
const settleWithinMs = 3000;
const names = ["a", "b", "c"];

/** Sequences of one stage, to be played one after the other on one start of a host. */
export interface Batch {
  stage: Stage;
  sequences: readonly Sequence[];
}

/** Plays a batch; what was seen, in its order. */
export async function playOn(host: Host, wasm: string, batch: Batch): Promise<View[]> {
  const upstream = await startUpstream();
  try {
    const { upstream: protocol } = batch.stage;
    const started = await host.start({
      chain: chainOf(batch, wasm),
      upstream: { port: upstream.port, protocol },
    });
    if (started.refused) throw new Error(`${host.name} refuses the probe: ${started.problems.join("; ")}`);
    try {
      return await playAll(started.running, upstream, batch.sequences);
    } finally {
      await started.running.stop();
    }
  } finally {
    await upstream.stop();
  }
}

function chainOf({ stage, sequences }: Batch, wasm: string): FilterInstance[] {
  return stage.bodyFirst.map((allowOnHeadersStopIteration, place) => {
    const programs = new Map(sequences.map((one): [number, Program] => [one.index, one.programs[place]!]));
    return {
      name: `probe-${names[place]}`,
      wasm,
      rootId: "",
      configuration: probeConfiguration(names[place]!, programs),
      environment: {},
      options: {
        allowOnHeadersStopIteration,
        streamIdleTimeoutMs: idleMs,
        vmId: "parity",
        fullCallbacks: true,
      },
    };
  });
}

async function playAll(
  running: Running,
  upstream: Upstream,
  sequences: readonly Sequence[],
): Promise<View[]> {
  const views: View[] = [];
  const death = deathOf(running);
  for (const sequence of sequences) {
    views.push(await playOne(running, upstream, sequence));
    const message = death();
    // A crash takes a moment to show.
    const suspects = sequences.slice(Math.max(0, views.length - 3), views.length).map(titleOf);
    if (message !== null) throw new UserError(message, `Played last:\n${suspects.join("\n")}`);
  }
  const whole = () => sequences.every((one) => ended(running.logs(), one));
  await until(whole, settleWithinMs);
  const [logs, metrics] = [running.logs(), await running.metrics()];
  return views.map((view, at) => {
    const { index } = sequences[at]!;
    return { ...view, log: linesOf(logs, index).map(evened), metrics: metricLines(metrics, index) };
  });
}

/** Real Envoy says when it ends by itself; a program that makes it must not be generated. */
function deathOf(running: Running & { died?: Promise<string> }): () => string | null {
  let message: string | null = null;
  void running.died?.then((text) => (message = text));
  return () => message;
}

async function playOne(running: Running, upstream: Upstream, sequence: Sequence): Promise<View> {
  upstream.answerWith(sequence.response);
  const send = sequence.protocol === "http1" ? sendHttp1 : sendHttp2;
  const client = await send(running.port, sequence.request, answerWithinMs);
  await until(() => upstream.arrived().every((request) => request.complete || request.fault), settleWithinMs);
  const { requests, faults } = upstream.take();
  const own = requests.filter((request) => !isAnother(request.path, sequence));
  return {
    client: clientLines(client),
    upstream: upstreamLines({ requests: own, faults }),
    log: [],
    metrics: [],
  };
}

/** A request of a sequence before this one, which came late; filters may have changed a path into one without number. */
function isAnother(path: string, { index }: Sequence): boolean {
  const number = /^\/(\d+)/.exec(path)?.[1];
  return number !== undefined && Number(number) !== index;
}

function linesOf(logs: readonly string[], index: number): string[] {
  const mark = new RegExp(`^\\w+ ${index} `);
  return logs.filter((line) => mark.test(line));
}

/** A sequence's metrics have its number in their names. */
function metricLines(metrics: Metrics, index: number): string[] {
  const own = Object.entries(metrics).filter(([name]) => name.startsWith(`s${index}.`));
  return own.map(([name, value]) => `${name} ${value}`).sort();
}

/** Every filter has been told of the stream's end. */
function ended(logs: readonly string[], { index, programs }: Sequence): boolean {
  return programs.every((_, place) => logs.includes(`info ${index} ${names[place]} end`));
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition() && Date.now() < end) await sleep(5);
}

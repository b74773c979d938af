import { Emulator } from "../../tools/emulator/index.js";
import type { Header, Plugin, Stream } from "../../tools/emulator/index.js";
import { callee } from "./callee.js";
import { mixed } from "./mix.js";
import { variantOf, type Subject } from "./subjects.js";

export interface EmulatedLoad {
  readonly requests: number;
  /** Updates of the configuration, spread over the requests. */
  readonly reconfigurations: number;
}

/** Memory in pages of 64 KiB, and how long it took. */
export interface Memory {
  readonly start: number;
  /** After the first tenth, or 1,000 requests. */
  readonly warm: number;
  readonly end: number;
  readonly most: number;
  readonly seconds: number;
}

const IN_FLIGHT = 64;
/** The nth request goes away before it is answered, where n is a multiple of this. */
const LEAVES_EVERY = 41;
/** What the client saw is copied to be looked at, which takes longer than all else. */
const CHECKED_EVERY = 25;
/** Requests at least after which a filter has warmed up. */
const WARM_UP = 1000;

/** How many requests have been sent when the memory is first looked at. */
export function warmUpOf(requests: number): number {
  return Math.max(WARM_UP, Math.floor(requests / 10));
}

/** Sends a mix of requests through a filter in the emulator, up to 64 at a time. */
export function runEmulated(subject: Subject, module: Uint8Array, load: EmulatedLoad): Memory {
  const service = callee();
  const emulator = new Emulator({ logLevel: "error", callees: () => service });
  const { configuration } = subject;
  const plugin = emulator.load({
    module,
    name: subject.module,
    configuration,
    allowOnHeadersStopIteration: true,
  });
  const started = Date.now();
  const watch = watching(plugin);
  const open: Generator<void>[] = [];
  const updateEvery = Math.floor(load.requests / (load.reconfigurations + 1));
  for (let n = 0; n < load.requests; n++) {
    const at = n % IN_FLIGHT;
    if (at === 0) service.answer();
    for (const going = open[at]; going && !going.next().done; ) if (at % 2 === 0) service.answer();
    if (load.reconfigurations > 0 && n % updateEvery === updateEvery - 1)
      plugin.reconfigure(variantOf(configuration, n / updateEvery));
    open[at] = exchange(plugin, n, subject.asks);
    open[at].next();
    if (n === warmUpOf(load.requests)) watch.warm();
    watch.look();
  }
  for (const going of open) while (!going.next().done) service.answer();
  if (plugin.failure !== null) throw new Error(`${subject.module}: ${plugin.failure}`);
  return watch.result(started);
}

function watching(plugin: Plugin) {
  const start = plugin.memoryPages();
  let [warm, most] = [start, start];
  return {
    warm: () => void (warm = plugin.memoryPages()),
    look: () => void (most = Math.max(most, plugin.memoryPages())),
    result: (started: number): Memory => {
      return { start, warm, most, end: plugin.memoryPages(), seconds: (Date.now() - started) / 1000 };
    },
  };
}

/** Goes on as far as the filter lets it. */
function* exchange(plugin: Plugin, n: number, asks: boolean): Generator<void> {
  const stream = plugin.open();
  const { headers, body, status } = mixed(n, asks);
  stream.requestHeaders(
    [...pseudo(body), ...headers.map(([name, value]): Header => [name, value])],
    body === null,
  );
  yield;
  if (body !== null && isGoing(stream)) stream.requestBody(body.slice(0, body.length / 2), false);
  if (body !== null && isGoing(stream)) stream.requestBody(body.slice(body.length / 2), true);
  if (n % LEAVES_EVERY === 0) return stream.close();
  yield;
  if (stream.outcome().next === "continue") {
    stream.responseHeaders(
      [
        [":status", "200"],
        ["content-length", "2"],
      ],
      false,
    );
    stream.responseBody("hi", true);
  }
  if (n % CHECKED_EVERY === 0) check(stream, n, status);
  stream.close();
}

function isGoing(stream: Stream): boolean {
  const { next } = stream.outcome();
  return next === "continue" || next === "paused";
}

function pseudo(body: string | null): Header[] {
  const framing: Header[] = body === null ? [] : [["content-length", String(body.length)]];
  return [
    [":method", body === null ? "GET" : "POST"],
    [":path", "/"],
    [":authority", "localhost"],
    [":scheme", "http"],
    ...framing,
  ];
}

/** A filter that does nothing needs no memory either. */
function check(stream: Stream, n: number, wanted: number): void {
  const status = stream.downstream.headers.find(([name]) => name === ":status")?.[1];
  if (status === String(wanted) || status === "503") return;
  throw new Error(`request ${n} was answered ${status ?? "nothing"}, not ${wanted}`);
}

import { agentOf, USER_AGENT } from "../agents.js";
import type { Agents } from "../agents.js";
import type { CountingModule } from "../wasm/instrument.js";
import { headerMap } from "./header-map.js";
import { stubHost } from "./stub-host.js";
import type { StubHost } from "./stub-host.js";

/** What a guest is measured with. */
export interface GuestSetup {
  /** Plugin configuration, "" for none. */
  configuration?: string;
  /** Callbacks that the host does not make, as with a capability list that leaves them out. */
  withheld?: readonly string[];
  /** Headers that each request carries on top of the usual eight. */
  headers?: Headers;
  /** Whether each request has the same user agent, as W1 has it, or another one; the same unless given. */
  agents?: Agents;
}

/** A module that is configured and serves requests. */
export interface Guest {
  readonly host: StubHost;
  /** Callbacks made so far; those for memory are the host's `allocations`. */
  callbacks: number;
  /** Instructions so far, for each counter of the module. */
  instructions(): number[];
  /** Entries of the watched functions so far. */
  entries(): number;
  /** Linear memory in pages of 64 KiB. */
  pages(): number;
  /** Opens so many streams that stay open: their requests are there, and no answers. */
  open(streams: number): void;
  /** Sends so many requests, each answered before the next. */
  run(requests: number): void;
}

type Headers = readonly (readonly [name: string, value: string])[];
type Call = (name: string, ...args: number[]) => unknown;

const REQUEST: Headers = [
  [":authority", "127.0.0.1"],
  [":path", "/"],
  [":method", "GET"],
  [":scheme", "http"],
  ["user-agent", USER_AGENT],
  ["accept", "*/*"],
  ["x-forwarded-proto", "http"],
  ["x-request-id", "0a1b2c3d-0000-4000-8000-0123456789ab"],
];
const RESPONSE: Headers = [
  [":status", "200"],
  ["content-length", "2"],
  ["content-type", "text/plain"],
  ["x-powered-by", "envoy-lab"],
];
const PAGE = 65536;
const ROOT = 1;

/** Starts a module on a stub host; throws if it refuses its configuration. */
export function startGuest(counting: CountingModule, setup: GuestSetup): Guest {
  const module = new WebAssembly.Module(Buffer.from(counting.binary));
  const configuration = setup.configuration ?? "";
  const host = stubHost(module, configuration);
  host.exports = new WebAssembly.Instance(module, host.imports).exports;
  const request = (n: number) => requestOf(setup, n);
  let stream = ROOT + 1;
  const guest: Guest = {
    host,
    callbacks: 0,
    instructions: () => counting.instructions.map((name) => counter(host, name)),
    entries: () => counter(host, counting.entries),
    pages: () => (host.exports.memory as WebAssembly.Memory).buffer.byteLength / PAGE,
    open: (streams) => {
      for (const end = stream + streams; stream < end; stream++) begin(call, host, stream, request(stream));
    },
    run: (requests) => {
      for (const end = stream + requests; stream < end; stream++)
        exchange(call, host, stream, request(stream));
    },
  };
  const call = caller(guest, setup.withheld ?? []);
  startPlugin(call, host, Buffer.byteLength(configuration));
  return guest;
}

function requestOf({ headers = [], agents = "same" }: GuestSetup, n: number): Headers {
  const usual = REQUEST.map(
    ([name, value]) => [name, name === "user-agent" ? agentOf(agents, n) : value] as const,
  );
  return [...usual, ...headers];
}

function counter(host: StubHost, name: string): number {
  return Number((host.exports[name] as WebAssembly.Global).value);
}

function caller(guest: Guest, withheld: readonly string[]): Call {
  const missing = new Set(withheld);
  return (name, ...args) => {
    const callback = guest.host.exports[name];
    if (typeof callback !== "function" || missing.has(name)) return undefined;
    guest.callbacks++;
    return callback(...args);
  };
}

function startPlugin(call: Call, host: StubHost, configurationSize: number): void {
  call(host.exports._initialize ? "_initialize" : "_start");
  call("proxy_on_context_create", ROOT, 0);
  call("proxy_on_vm_start", ROOT, 0);
  if (call("proxy_on_configure", ROOT, configurationSize) !== 0) return;
  throw new Error(`the module refuses its configuration: ${host.logs.join("; ")}`);
}

function begin(call: Call, host: StubHost, stream: number, request: Headers): void {
  host.maps.set(0, headerMap(request)).set(2, headerMap(RESPONSE));
  call("proxy_on_context_create", stream, ROOT);
  call("proxy_on_request_headers", stream, request.length, 1);
}

function exchange(call: Call, host: StubHost, stream: number, request: Headers): void {
  begin(call, host, stream, request);
  call("proxy_on_response_headers", stream, RESPONSE.length, 0);
  call("proxy_on_response_body", stream, 2, 1);
  call("proxy_on_done", stream);
  call("proxy_on_log", stream);
  call("proxy_on_delete", stream);
}

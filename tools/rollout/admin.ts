import { UserError } from "../errors.js";

/** What an Envoy's admin interface answers, as far as it matters here. */
export interface AdminAnswers {
  server: { version: string; state: string; uptime_current_epoch: string };
  dump: { configs: Section[] };
  stats: Map<string, string | number>;
}

export interface Section {
  "@type": string;
  ecds_filters?: DiscoveredFilter[];
  static_listeners?: { listener: Listener }[];
  dynamic_listeners?: { active_state?: { listener: Listener } }[];
}

/** What Envoy was told last: when it refused that, something else serves. */
export interface DiscoveredFilter {
  version_info?: string;
  last_updated: string;
  ecds_filter: { name: string; typed_config: WasmConfig };
}

export interface Listener {
  filter_chains?: { filters?: Filter[] }[];
}

export interface Filter {
  name: string;
  config_discovery?: object;
  typed_config?: WasmConfig & { http_filters?: Filter[] };
}

export interface WasmConfig {
  "@type": string;
  config?: { name?: string; vm_config?: { code?: { local?: { filename?: string } } } };
}

const wanted = encodeURIComponent(
  String.raw`^(wasm\.|extension_config_discovery\.|listener\..*extension_config_missing$)`,
);

/** Asks an admin interface, such as `http://127.0.0.1:9901`. A UserError where no Envoy answers there. */
export async function readAdmin(url: string): Promise<AdminAnswers> {
  const server = await ask(url, "/server_info");
  // In this order: an update in between must not look like one that was refused.
  const dump = await ask(url, "/config_dump");
  const stats = await ask(url, `/stats?format=json&filter=${wanted}`);
  const single = (stats as { stats: { name?: string; value: string | number }[] }).stats;
  return {
    server: server as AdminAnswers["server"],
    dump: dump as AdminAnswers["dump"],
    stats: new Map(single.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value]]))),
  };
}

async function ask(url: string, path: string): Promise<unknown> {
  try {
    const answer = await fetch(url + path, { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(`it answers ${answer.status} to ${path.split("?")[0]}`);
    return await answer.json();
  } catch (error) {
    throw new UserError(`${url}: no Envoy's admin interface: ${reasonOf(error as Failure)}`, hint);
  }
}

const hint = "Is Envoy running, and is that the address in its bootstrap's `admin`?";

type Failure = Error & { cause?: NodeJS.ErrnoException };

function reasonOf(error: Failure): string {
  if (error.name === "TimeoutError") return "no answer within 5 s";
  if (error instanceof SyntaxError) return "its answer is no JSON";
  return error.cause?.code === "ECONNREFUSED"
    ? "nothing listens there"
    : (error.cause?.message ?? error.message);
}

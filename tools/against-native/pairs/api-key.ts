import type { Random } from "../../parity/random.js";
import type { Bytes } from "../../traffic/bytes.js";
import type { Line } from "../../traffic/wire/message.js";
import type { Deliberate, Exchange, Pair, Sent, Variant } from "../pair.js";
import { line, mutated, oddCase, sending, trimmed, valuesIn } from "./make.js";

const nativeType = "type.googleapis.com/envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuth";
const routeType = "type.googleapis.com/envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuthPerRoute";

/** Test keys: they open nothing. */
const keys = { alice: "test-key-alice", bob: "test-key-bob", carol: "test key/+%" };
const credentials = Object.entries(keys).map(([client, key]) => ({ key, client }));

interface Settings {
  sources: { [kind: string]: string }[];
  hides: boolean;
  allowed?: string[];
}

function variant(name: string, { sources, hides, allowed }: Settings): Variant {
  const forwarding = { header: "x-consumer", hide_credentials: hides };
  const shared = { credentials, key_sources: sources, forwarding };
  return {
    name,
    ours: { ...shared, ...(allowed ? { allowed_clients: allowed } : {}) },
    native: {
      filter: { "@type": nativeType, ...shared },
      ...(allowed ? { perRoute: { "@type": routeType, allowed_clients: allowed, forwarding } } : {}),
    },
  };
}

const header = { header: "x-api-key" };
const variants = [
  variant("header", { sources: [header], hides: true }),
  variant("query", { sources: [{ query: "key" }], hides: false }),
  variant("cookie", { sources: [{ cookie: "key" }], hides: false }),
  variant("authorization", { sources: [{ header: "authorization" }], hides: true }),
  variant("places", { sources: [header, { query: "key" }, { cookie: "key" }], hides: false }),
  variant("allowed", { sources: [header], hides: false, allowed: ["bob"] }),
  variant("hidden query", { sources: [{ query: "key" }], hides: true }),
];

function generate(random: Random, { ours }: Variant): Sent {
  const { key_sources: sources } = ours as { key_sources: { [kind: string]: string }[] };
  const lines: Line[] = [];
  const parameters: Bytes[] = random.times(random.below(3), () =>
    random.pick(["a=1", "b=%20x", "flag", "keys=1", ""]),
  );
  const cookies: Bytes[] = random.times(random.below(3), () => random.pick(["a=1", 'b="x y"', "keys=1"]));
  for (const times of random.times(random.pick([0, 1, 1, 1, 1, 2]), () => random.pick(sources))) {
    const key = keyOf(random);
    if (times.header !== undefined) lines.push(headerLine(random, times.header, key));
    else if (times.query !== undefined) insert(random, parameters, `${times.query}=${escaped(random, key)}`);
    else insert(random, cookies, `${times.cookie}=${random.chance(0.2) ? `"${key}"` : key}`);
  }
  if (random.chance(0.2)) lines.push(line("x-consumer", "root"));
  if (random.chance(0.05)) lines.push(line("X-Consumer", "admin"));
  if (cookies.length > 0) lines.push(["cookie", cookies.join("; ")]);
  const query = parameters.length > 0 ? `?${parameters.join("&")}` : "";
  return sending(random, random.pick(["GET", "POST", "OPTIONS"]), `/orders${query}`, lines);
}

function keyOf(random: Random): Bytes {
  const key = random.pick(Object.values(keys));
  return random.weigh<() => Bytes>([
    [6, () => key],
    [3, () => mutated(random, key)],
    [1, () => random.pick(["wrong", "", "root"])],
  ])();
}

function headerLine(random: Random, name: string, key: Bytes): Line {
  const prefix = random.pick(["", "", "Bearer ", "Bearer  ", "bearer ", "Bearer", "Basic "]);
  return [random.chance(0.2) ? oddCase(random, name) : name, prefix + key];
}

function escaped(random: Random, key: Bytes): Bytes {
  if (random.chance(0.1)) return key.replace(/[ #?\x00-\x1f\x7f-\xff]/g, "");
  const every = random.chance(0.2);
  return [...key].map((byte) => (every || /[^\w.~-]/.test(byte) ? hex(random, byte) : byte)).join("");
}

function hex(random: Random, byte: string): string {
  const digits = byte.charCodeAt(0).toString(16).padStart(2, "0");
  return `%${random.chance(0.5) ? digits.toUpperCase() : digits}`;
}

function insert(random: Random, into: Bytes[], what: Bytes): void {
  into.splice(random.below(into.length + 1), 0, what);
}

/** How many keys stand in the places that count, read anew. */
function keysIn({ variant: { ours }, sent }: Exchange): number {
  const { key_sources: sources } = ours as { key_sources: { [kind: string]: string }[] };
  const query = sent.request.path.split("?")[1] ?? "";
  const counts = sources.map((source) => {
    if (source.header !== undefined) return valuesIn(sent, source.header).length;
    if (source.query !== undefined)
      return query.split("&").filter((part) => unescaped(part.split("=")[0]!) === source.query).length;
    const cookies = valuesIn(sent, "cookie").flatMap((value) => value.split(";"));
    return cookies.filter((cookie) => trimmed(cookie.split("=")[0]!) === source.cookie).length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

const forwarded = ["x-consumer", "x-api-key", "authorization", "cookie"];
const refusal = ["status", "reached", "path", ...forwarded.map((name) => `upstream ${name}`)];

const deliberate: Deliberate[] = [
  {
    id: "several-keys",
    reason:
      "Ours refuses a request with two keys, in one place or in two: it is anybody's guess which one counts. Envoy's takes the first one, and sends the others on.",
    explains(exchange) {
      const isStricter = exchange.ours.status === "401" && exchange.ours.reached === "no";
      return isStricter && keysIn(exchange) > 1 ? refusal : [];
    },
  },
  {
    id: "hidden-in-the-query",
    reason:
      "Where the key is taken out of the query, ours leaves the other parameters byte for byte as they were. Envoy's writes the query anew.",
    explains(exchange) {
      const {
        variant: { name },
        sent,
        ours,
        native,
      } = exchange;
      const passed = ours.reached === "yes" && native.reached === "yes";
      const isKept = without(sent.request.path) === ours.path;
      return name === "hidden query" && passed && isKept ? ["path"] : [];
    },
  },
];

/** A path without its parameters called key, and nothing else changed. */
function without(path: string): string {
  const [place, query = ""] = path.split("?");
  const kept = query.split("&").filter((part) => unescaped(part.split("=")[0]!) !== "key");
  return kept.join("") === "" && kept.length < 2 ? place! : `${place}?${kept.join("&")}`;
}

export const apiKey: Pair = {
  filter: "api-key",
  native: "envoy.filters.http.api_key_auth",
  variants,
  upstream: forwarded,
  client: [],
  generate,
  deliberate,
};

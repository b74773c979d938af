import { createHash } from "node:crypto";
import type { Header } from "../../emulator/index.js";
import { valuesOf, type Guard, type Seen } from "./guard.js";
import { mutated, request } from "./requests.js";

const keys = [
  "test-key-alice",
  "test-key-bob",
  "test-key-of-carol-which-is-long-enough-to-be-hashed-in-two-blocks-of-sha256",
];
const digest = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Keys of the consumers that may pass. */
const allowed = keys.slice(0, 2);

const configuration = {
  credentials: [
    { key: keys[0], client: "alice" },
    { key: { sha256: digest(keys[1]!) }, client: "bob" },
    { key: keys[2], client: "carol" },
  ],
  key_sources: [{ header: "x-api-key" }, { query: "api_key" }, { cookie: "key" }],
  allowed_clients: ["alice", "bob"],
};

/** All keys that stand where keys may stand. */
function presented({ headers }: Seen): string[] {
  const [, query = ""] = (valuesOf(headers, ":path")[0] ?? "").split(/\?(.*)/s);
  const cookies = valuesOf(headers, "cookie").flatMap((line) => line.split(";"));
  return [
    ...valuesOf(headers, "x-api-key").map((value) => value.replace(/^Bearer /, "")),
    ...query.split("&").flatMap((one) => valueOf("api_key", decoded, one.trim())),
    ...cookies.flatMap((one) => valueOf("key", unquoted, one.replace(/^[ \t]+/, ""))),
  ];
}

function valueOf(name: string, read: (text: string) => string, pair: string): string[] {
  const [first = "", ...rest] = pair.split("=");
  return first === name || decoded(first) === name ? [read(rest.join("="))] : [];
}

function unquoted(text: string): string {
  return text.trim().replace(/^"(.*)"$/, "$1");
}

function decoded(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

export const apiKey: Guard = () => ({
  configuration,
  attempt: (random) => {
    const key = random.pick([...keys, "wrong-key", ""]);
    const [path, headers] = random.pick<[string, Header[]]>([
      ["/orders", [["x-api-key", key]]],
      ["/orders", [["x-api-key", `Bearer ${key}`]]],
      [`/orders?api_key=${key}`, []],
      [`/orders?a=b&api_key=%74${key.slice(1)}`, []],
      ["/orders", [["cookie", `a=b; key=${key}`]]],
      ["/orders", [["cookie", `key="${key}"`]]],
    ]);
    return mutated(random, request(random, path, headers));
  },
  mayPass: (seen) => {
    const found = presented(seen);
    return found.length === 1 && allowed.includes(found[0]!);
  },
});

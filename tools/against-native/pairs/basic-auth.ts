import { createHash } from "node:crypto";
import type { Random } from "../../parity/random.js";
import { bytesOfText, type Bytes } from "../../traffic/bytes.js";
import type { Line } from "../../traffic/wire/message.js";
import type { Deliberate, Exchange, Pair, Sent, Variant } from "../pair.js";
import { mutated, oddCase, sending, trimmed, valuesIn } from "./make.js";

const nativeType = "type.googleapis.com/envoy.extensions.filters.http.basic_auth.v3.BasicAuth";

/** Test passwords: they open nothing. */
const users: Record<string, string> = {
  alice: "test-password-alice",
  bob: "test:password:bob",
  carol: "test pässwörd",
  "dan d": "test-password-dan",
};

const lines = Object.entries(users).map(([user, password]) => `${user}:{SHA}${sha1(password)}`);

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

function variant(name: string, settings: { [key: string]: string }, hides = false): Variant {
  const inline = { inline_string: `${lines.join("\n")}\n` };
  return {
    name,
    ours: { users: inline, hide_credentials: hides, ...settings },
    native: { filter: { "@type": nativeType, users: inline, ...settings } },
  };
}

const variants = [
  variant("plain", { forward_username_header: "x-user" }),
  variant("own header", { authentication_header: "x-credentials", forward_username_header: "x-user" }),
  variant("hidden", {}, true),
];

function generate(random: Random, variant: Variant): Sent {
  const name = nameOf(variant);
  const credentials = random.times(random.pick([0, 1, 1, 1, 1, 1, 1, 2]), () => headerLine(random, name));
  const others: Line[] = random.chance(0.15) ? [["x-other", "1"]] : [];
  if (random.chance(0.2)) others.push(["x-user", "root"]);
  if (random.chance(0.05)) others.push(["X-User", "admin"]);
  if (name !== "authorization" && random.chance(0.1)) others.push(headerLine(random, "authorization"));
  return sending(random, random.pick(["GET", "POST", "OPTIONS"]), "/orders", [...others, ...credentials]);
}

function nameOf({ ours }: Variant): string {
  return (ours as { authentication_header?: string }).authentication_header ?? "authorization";
}

function headerLine(random: Random, name: string): Line {
  const scheme = random.weigh([
    [12, "Basic "],
    [1, "basic "],
    [1, "BASIC "],
    [1, "Basic  "],
    [1, "Basic"],
    [1, "Bearer "],
    [1, ""],
  ] as const);
  return [random.chance(0.15) ? oddCase(random, name) : name, scheme + coded(random, pairOf(random))];
}

/** User and password with a colon between them, or nearly. */
function pairOf(random: Random): Bytes {
  const [user, password] = random.pick(Object.entries(users)) as [string, string];
  const whole = bytesOfText(`${user}:${password}`);
  return random.weigh<() => Bytes>([
    [8, () => whole],
    [3, () => mutated(random, whole)],
    [1, () => bytesOfText(`${random.pick(Object.keys(users))}:${random.pick(Object.values(users))}`)],
    [1, () => bytesOfText(`nobody:${password}`)],
    [
      1,
      () => random.pick(["", ":", "alice", "alice:", ":test-password-alice", "alice:test-password-alice:"]),
    ],
  ])();
}

function coded(random: Random, bytes: Bytes): Bytes {
  const base64 = Buffer.from(bytes, "latin1").toString("base64");
  return random.weigh<() => Bytes>([
    [10, () => base64],
    [1, () => base64.replace(/=+$/, "")],
    [1, () => base64.replace(/\+/g, "-").replace(/\//g, "_")],
    [1, () => `${base64}=`],
    [1, () => mutated(random, base64)],
    [1, () => bytes],
  ])();
}

const forwarded = ["x-user", "authorization", "x-credentials"];
const refusal = ["status", "reached", "path", ...forwarded.map((name) => `upstream ${name}`)];

function isStricter({ ours, native }: Exchange): boolean {
  return ours.status === "401" && ours.reached === "no" && native.reached === "yes";
}

function valueOf({ variant, sent }: Exchange): Bytes {
  return trimmed(valuesIn(sent, nameOf(variant))[0] ?? "");
}

/** RFC 4648 in its one form: padded, with no bits left over. */
function isStrict(base64: string): boolean {
  return Buffer.from(base64, "base64").toString("base64") === base64;
}

const deliberate: Deliberate[] = [
  {
    id: "several-credentials",
    reason: "Ours refuses credentials in two lines. Envoy's takes the first one.",
    explains: (exchange) =>
      isStricter(exchange) && valuesIn(exchange.sent, nameOf(exchange.variant)).length > 1 ? refusal : [],
  },
  {
    id: "lenient-base64",
    reason:
      "Ours takes base64 in the one form that RFC 4648 gives each text. Envoy's takes it without padding, too.",
    explains(exchange) {
      const base64 = /^basic +(.*)$/i.exec(valueOf(exchange))?.[1];
      return isStricter(exchange) && base64 !== undefined && !isStrict(base64) ? refusal : [];
    },
  },
  {
    id: "scheme",
    reason:
      "Ours takes the scheme in any case and with several blanks behind it (RFC 9110, section 11.1). Envoy's takes `Basic` with one blank.",
    safe: "The credentials are the same, and right.",
    explains(exchange) {
      const { ours, native } = exchange;
      const isOther = /^basic +[^ ]+$/i.test(valueOf(exchange)) && !/^Basic [^ ]/.test(valueOf(exchange));
      return isOther && ours.reached === "yes" && native.status === "401" && isRight(exchange) ? refusal : [];
    },
  },
  {
    id: "hidden",
    reason:
      "Unless told otherwise, ours takes the credentials out of the request. Envoy's always sends them on.",
    explains(exchange) {
      const {
        variant: { name },
        ours,
        native,
      } = exchange;
      const passed = ours.reached === "yes" && native.reached === "yes";
      return name === "hidden" && passed && ours["upstream authorization"] === "none"
        ? ["upstream authorization"]
        : [];
    },
  },
];

/** Whether these are a user and that user's password, read anew. */
function isRight(exchange: Exchange): boolean {
  const base64 = /^basic +([^ ]+)$/i.exec(valueOf(exchange))?.[1] ?? "";
  const [user, ...rest] = Buffer.from(base64, "base64").toString("utf8").split(":");
  return isStrict(base64) && users[user!] !== undefined && users[user!] === rest.join(":");
}

export const basicAuth: Pair = {
  filter: "basic-auth",
  native: "envoy.filters.http.basic_auth",
  variants,
  upstream: forwarded,
  client: [],
  generate,
  deliberate,
};

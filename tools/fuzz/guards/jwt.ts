import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { valuesOf, type Guard, type Guarding, type Seen } from "./guard.js";
import { isGood, type Asked } from "./jwt-verdict.js";
import { keyNamed } from "./keys.js";
import { isBelow, readings, trickyPaths } from "./readings.js";
import { mutated, request } from "./requests.js";
import { token } from "./tokens.js";

const publicKeys = ["test-rs", "test-ps", "test-es", "test-es-384", "test-ed"];

function asked(kids: readonly string[], more: Omit<Asked, "keys"> = {}): Asked {
  return { keys: kids.map(keyNamed), ...more };
}

function provider(
  name: string,
  { keys, issuer, audiences, algorithms, subject, lifetime, claim }: Asked,
): object {
  return {
    name,
    issuer,
    audiences,
    algorithms,
    subjects: subject === undefined ? undefined : { exact: subject },
    max_lifetime: lifetime === undefined ? undefined : `${lifetime}s`,
    required_claims: claim === undefined ? undefined : [claim],
    local_jwks: { inline_string: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) },
  };
}

/** Bearer tokens and the parameter, as providers look for them that say nothing else. */
function usualTokens({ headers }: Seen): string[] {
  const lines = valuesOf(headers, "authorization");
  const [, query = ""] = (valuesOf(headers, ":path")[0] ?? "").split(/\?(.*)/s);
  const parameters = query.split(/[&;#]/).filter((one) => decoded(one.split("=")[0]!) === "access_token");
  const bearers = lines.flatMap((line) => (/^Bearer /.test(line) ? [line.slice(7)] : []));
  const found = [...bearers, ...parameters.map((one) => decoded(one.slice(one.indexOf("=") + 1)))];
  // With several it is anybody's guess which one counts.
  return lines.length + parameters.length > 1 && found.length > 1 ? [] : found;
}

function decoded(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function carriers(made: string): { path: string; headers: Header[] }[] {
  const bearer: Header = ["authorization", `Bearer ${made}`];
  return [
    { path: "/orders", headers: [bearer] },
    { path: "/orders?a=b", headers: [["x-other", "1"], bearer] },
    { path: `/orders?access_token=${made}`, headers: [] },
    { path: `/orders?a=b&access_token=${made}&c=d`, headers: [] },
  ];
}

function attempt(kids: readonly string[]): Guarding["attempt"] {
  return (random, now) => {
    const made = token(random, now, kids);
    const { path, headers } = random.chance(0.7) ? carriers(made)[0]! : random.pick(carriers(made));
    const again = random.chance(0.05) ? carriers(token(random, now, kids))[0]!.headers : [];
    return mutated(random, request(random, path, [...headers, ...again]));
  };
}

/** One provider, whose tokens each request needs. */
function plain(kids: readonly string[], more: Omit<Asked, "keys"> = {}): Guarding {
  const wanted = asked(kids, more);
  return {
    configuration: { providers: [provider("test", wanted)] },
    attempt: attempt(kids),
    mayPass: (seen) => usualTokens(seen).some((one) => isGood(one, wanted, seen.now)),
  };
}

/** Two providers, and a part of the site for which nobody needs a token. */
function ruled(): Guarding {
  const first = asked(["test-es"], { issuer: "https://issuer.test", audiences: ["shop"] });
  const second = asked(["test-hs"], { subject: "alice" });
  const any = { requires_any: { requirements: [{ provider_name: "first" }, { provider_name: "second" }] } };
  const needs: Guarding["attempt"] = attempt(["test-es", "test-hs"]);
  return {
    configuration: {
      providers: [provider("first", first), provider("second", second)],
      rules: [{ match: { path_separated_prefix: "/public" } }, { match: { prefix: "/" }, requires: any }],
    },
    attempt: (random, now) => {
      if (random.chance(0.6)) return needs(random, now);
      return mutated(random, request(random, random.pick(trickyPaths)));
    },
    mayPass: (seen) => {
      if (usualTokens(seen).some((one) => isGood(one, first, seen.now) || isGood(one, second, seen.now)))
        return true;
      const path = valuesOf(seen.headers, ":path")[0] ?? "";
      // No rule about paths is about the server as a whole.
      if (path === "*" && valuesOf(seen.headers, ":method")[0] === "OPTIONS") return true;
      return path !== "" && readings(path).final.every((one) => isBelow(one, "/public"));
    },
  };
}

export const jwt: Guard = (random: Random) =>
  random.weigh<() => Guarding>([
    [4, () => plain(publicKeys, { issuer: "https://issuer.test", audiences: ["shop"] })],
    [2, () => plain(["test-hs"])],
    [
      2,
      () =>
        plain(["test-es", "test-rs"], {
          algorithms: ["ES256"],
          lifetime: 600,
          subject: "alice",
          claim: "tenant",
        }),
    ],
    [3, ruled],
  ])();

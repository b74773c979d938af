import type { Random } from "../../../parity/random.js";
import type { Bytes } from "../../../traffic/bytes.js";
import type { Line } from "../../../traffic/wire/message.js";
import type { Sent } from "../../pair.js";
import { line, oddCase, sending } from "../make.js";

const paths = [
  "/public/a",
  "/public/",
  "/public",
  "/public/secret",
  "/health",
  "/healthy",
  "/mixed/Case",
  "/team/a",
  "/open",
  "/local",
  "/admin",
  "/admin/users",
  "/other",
  "/",
];

/** What somebody may try in order to be another path than it seems, or not to be the one it is. */
const tricks: readonly ((random: Random, path: Bytes) => Bytes)[] = [
  (_, path) => path.replace("/", "//"),
  (_, path) => `/public/..${path}`,
  (_, path) => `/public/./..${path}`,
  (_, path) => `/public/%2e%2e${path}`,
  (_, path) => `/public/.%2E${path}`,
  (_, path) => `/public/..;x=1${path}`,
  (_, path) => `/..${path}`,
  (_, path) => `/public//..${path}`,
  (_, path) => `/public/%c0%ae%c0%ae${path}`,
  (_, path) => `${path}%3bx`,
  (_, path) => `/public/a/../..${path}`,
  (_, path) => path.replace(/\/(?=.)/g, "/./"),
  (_, path) => path.replace(/.$/, "%2F"),
  (_, path) => `${path}%00`,
  (_, path) => `${path};a=b`,
  (_, path) => `${path}/`,
  (_, path) => path.replace(/\//g, "\\"),
  (_, path) => path.replace(/^\//, "/%5c"),
  (_, path) => path.toUpperCase(),
  (_, path) => `${path}?x=/public/`,
  (_, path) => `${path}?..`,
  (_, path) => `${path}#/public/`,
  (random, path) => escapedLetter(random, path),
  (_, path) => `${path}%`,
  (_, path) => `${path}%zz`,
  (_, path) => `${path}\xe9`,
  (_, path) => `${path}%c3%a9`,
  (_, path) => `${path} `,
  (_, path) => path.slice(1),
  (_, path) => `http://shop.example${path}`,
];

function escapedLetter(random: Random, path: Bytes): Bytes {
  const at = 1 + random.below(Math.max(1, path.length - 1));
  const code = path.charCodeAt(at);
  if (Number.isNaN(code)) return path;
  return `${path.slice(0, at)}%${code.toString(16).padStart(2, "0")}${path.slice(at + 1)}`;
}

export function generate(random: Random): Sent {
  const plain = random.pick(paths);
  const tried = random.chance(0.5) ? random.pick(tricks)(random, plain) : plain;
  const twice = random.chance(0.1) ? random.pick(tricks)(random, tried) : tried;
  const verb = random.pick(["GET", "GET", "GET", "HEAD", "POST", "DELETE", "OPTIONS", "get", "PURGE"]);
  return sending(random, verb, twice === "" ? "/" : twice, headerLines(random));
}

function headerLines(random: Random): Line[] {
  const lines: Line[] = [];
  for (const value of random.times(random.pick([0, 0, 1, 1, 2]), () =>
    random.pick(["admin", "guest", "Admin", "", "admin,guest"]),
  ))
    lines.push(line(random.chance(0.1) ? oddCase(random, "x-role") : "x-role", value));
  if (random.chance(0.3)) lines.push(line("x-team", random.pick(["a1", "b2", ""])));
  if (random.chance(0.2))
    lines.push(line("x-forwarded-for", random.pick(["10.1.2.3", "127.0.0.1, 10.1.2.3", "::1"])));
  if (random.chance(0.05)) lines.push(line("x-http-method-override", random.pick(["GET", "DELETE"])));
  if (random.chance(0.05)) lines.push(line("x-original-url", "/public/a"));
  if (random.chance(0.03)) lines.push(line("x-envoy-original-path", "/public/a"));
  return lines;
}

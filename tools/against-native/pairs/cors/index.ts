import type { Random } from "../../../parity/random.js";
import type { Line } from "../../../traffic/wire/message.js";
import type { Pair, Sent } from "../../pair.js";
import { host, line, mutated, oddCase, sending } from "../make.js";
import { deliberate, permissions, permits } from "./differences.js";
import { variants } from "./variants.js";

const origins = [
  "https://app.example",
  "https://a.shop.example",
  "http://localhost:5173",
  "https://case.example",
  "https://app.example:8443",
  "https://app.example.evil.example",
  "https://evilshop.example",
  "http://app.example",
  "https://evil.example",
  "null",
  "*",
  "https://[::1]:80",
  "chrome-extension://shop",
  "app.example",
];

function generate(random: Random): Sent {
  const method = random.pick(["OPTIONS", "OPTIONS", "OPTIONS", "GET", "POST", "HEAD", "DELETE", "options"]);
  const lines = [host, ...originLines(random), ...preflightLines(random)];
  return sending(random, method, "/orders?id=1", lines, {
    status: random.pick([200, 200, 404]),
    lines: answerLines(random),
  });
}

function originLines(random: Random): Line[] {
  const count = random.pick([0, 1, 1, 1, 1, 1, 1, 2]);
  return random.times(count, () => {
    const origin = random.pick(origins);
    const value = random.chance(0.3) ? mutated(random, origin) : origin;
    return [
      random.chance(0.1) ? oddCase(random, "origin") : "origin",
      random.chance(0.04) ? "" : value,
    ] as const;
  });
}

function preflightLines(random: Random): Line[] {
  const lines: Line[] = [];
  const methods = random.times(random.pick([0, 1, 1, 1, 2]), () => random.pick(["PUT", "GET", "", "x y"]));
  methods.forEach((method) => lines.push(line("access-control-request-method", method)));
  if (random.chance(0.3)) lines.push(line("access-control-request-headers", "content-type, x-other"));
  if (random.chance(0.3))
    lines.push(
      line("access-control-request-private-network", random.pick(["true", "true", "false", "TRUE", ""])),
    );
  return lines;
}

/** The upstream has a policy of its own, now and then. */
function answerLines(random: Random): Line[] {
  if (random.chance(0.6)) return [];
  const values = ["*", "https://app.example", "true", "GET", "x-own", "1"];
  const own = random.times(1 + random.below(3), () => line(random.pick(permissions), random.pick(values)));
  const vary = random.pick<Line[]>([[], [line("vary", "accept-encoding")], [line("vary", "origin")]]);
  return [...own, ...vary];
}

export const cors: Pair = {
  filter: "cors",
  native: "envoy.filters.http.cors",
  variants,
  upstream: ["origin"],
  client: [...permissions, "vary"],
  generate,
  permits,
  deliberate,
};

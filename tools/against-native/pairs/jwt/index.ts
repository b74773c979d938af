import type { Random } from "../../../parity/random.js";
import type { Bytes } from "../../../traffic/bytes.js";
import type { Line } from "../../../traffic/wire/message.js";
import type { Pair, Sent, Variant } from "../../pair.js";
import { line, oddCase, sending } from "../make.js";
import { deliberate, forwarded } from "./differences.js";
import { makeToken } from "./tokens.js";
import { makeVariants, type JwtVariant, type Place } from "./variants.js";

/** They hold keys, which take time to make. */
let made: JwtVariant[] | undefined;

function generate(random: Random, variant: Variant): Sent {
  const { places, name } = variant as JwtVariant;
  const lines: Line[] = [];
  const notes: string[] = [];
  let query: Bytes = "";
  const count = random.pick([0, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
  for (const place of random.times(count, () => random.pick(places))) {
    const token = makeToken(random);
    notes.push(...token.notes);
    if (place.header !== undefined) lines.push(headerLine(random, place, token.text));
    else if (place.query !== undefined)
      query += `${query === "" ? "?" : "&"}${place.query}=${token.text.replace(/[^!-~]|[#?&]/g, "")}`;
    else lines.push(["cookie", `${place.cookie}=${token.text}`]);
  }
  for (const forged of ["x-sub", "x-payload", "x-roles"])
    if (random.chance(0.1)) lines.push(line(forged, "root"));
  const path =
    name === "rules"
      ? random.pick(["/a", "/free", "/maybe", "/lax"])
      : random.pick(["/orders", "/orders?a=1"]);
  const joined = path.includes("?") ? path + query.replace("?", "&") : path + query;
  return { ...sending(random, random.pick(["GET", "POST", "OPTIONS"]), joined, lines), notes };
}

function headerLine(random: Random, { header = "", prefix = "" }: Place, token: Bytes): Line {
  const begin = random.chance(0.9)
    ? prefix
    : random.pick(["bearer ", "Bearer", "Bearer  ", "Basic ", "", "BEARER "]);
  const end = random.chance(0.04) ? random.pick([" ", ",", ", x", ";", " x", "."]) : "";
  return [random.chance(0.1) ? oddCase(random, header) : header, begin + token + end];
}

export const jwt: Pair = {
  filter: "jwt",
  native: "envoy.filters.http.jwt_authn",
  get variants() {
    return (made ??= makeVariants());
  },
  upstream: forwarded,
  client: [],
  generate,
  deliberate,
};

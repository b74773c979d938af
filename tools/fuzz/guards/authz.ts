import type { Header } from "../../emulator/index.js";
import { addressText, isIn } from "./addresses.js";
import { onlyOf, valuesOf, type Guard, type Seen } from "./guard.js";
import { isBelow, readings, trickyPaths } from "./readings.js";
import { mutated, request } from "./requests.js";

const inside = ["10.0.0.0/8", "2001:db8::/32"];

const configuration = {
  identity_from_header: "x-consumer",
  rules: [
    {
      name: "closed",
      action: "DENY",
      permissions: [{ path_separated_prefix: "/admin", case_sensitive: false }],
      principals: [{ not_ids: [{ consumers: ["root"] }] }],
    },
    {
      name: "public",
      permissions: [{ path_separated_prefix: "/public", methods: ["GET", "HEAD"] }],
      principals: [{ any: true }],
    },
    {
      name: "inside",
      permissions: [{ any: true }],
      principals: [{ direct_remote_ip: inside }, { consumers: ["alice", "root"] }],
    },
    {
      name: "tagged",
      action: "DENY",
      permissions: [{ headers: [{ name: "x-tag", string_match: { prefix: "bad" } }] }],
      principals: [{ any: true }],
    },
  ],
};

function mayPass({ headers, source }: Seen): boolean {
  const path = valuesOf(headers, ":path")[0] ?? "";
  const { all, final } = readings(path);
  const consumer = onlyOf(headers, "x-consumer");
  if (consumer !== "root" && all.some((one) => isBelow(one.toLowerCase(), "/admin"))) return false;
  if (valuesOf(headers, "x-tag").some((value) => value.startsWith("bad"))) return false;
  if (isIn(source, inside) === true || consumer === "alice" || consumer === "root") return true;
  const isLook = ["GET", "HEAD"].includes(onlyOf(headers, ":method") ?? "");
  return isLook && path !== "" && final.every((one) => isBelow(one, "/public"));
}

export const authz: Guard = () => ({
  configuration,
  attempt: (random) => {
    const lines: Header[] = [
      ...(random.chance(0.4)
        ? [["x-consumer", random.pick(["alice", "bob", "root", "Root", "alice,root", ""])] as Header]
        : []),
      ...(random.chance(0.2)
        ? [["x-tag", random.pick(["good", "bad", "badly", "a,bad", "Bad"])] as Header]
        : []),
      ...(random.chance(0.1) ? [["x-http-method-override", random.pick(["GET", "DELETE"])] as Header] : []),
    ];
    const address = addressText(random);
    const source = isIn(address, []) === null ? "192.0.2.7" : address;
    return { ...mutated(random, request(random, random.pick(trickyPaths), lines)), source };
  },
  mayPass,
});

import type { Pair } from "../../pair.js";
import { deliberate } from "./differences.js";
import { generate } from "./requests.js";
import { variants } from "./variants.js";

export const authz: Pair = {
  filter: "authz",
  native: "envoy.filters.http.rbac",
  variants,
  upstream: ["x-role"],
  client: [],
  generate,
  deliberate,
};

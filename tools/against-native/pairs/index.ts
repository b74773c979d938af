import type { Pair } from "../pair.js";
import { apiKey } from "./api-key.js";
import { authz } from "./authz/index.js";
import { basicAuth } from "./basic-auth.js";
import { cors } from "./cors/index.js";
import { csrf } from "./csrf.js";
import { ipRestriction } from "./ip-restriction.js";
import { jwt } from "./jwt/index.js";

/** Filters of ours for which Envoy has one of its own. */
export const pairs: readonly Pair[] = [jwt, basicAuth, apiKey, authz, ipRestriction, cors, csrf];

import { Status } from "../abi/values.js";
import { compress, uncompress } from "./compression.js";
import { declareProperty } from "./declare-property.js";
import { exprCreate, exprDelete, exprEvaluate } from "./expressions.js";
import { setEnvoyFilterState } from "./filter-state.js";
import type { ForeignFunction } from "./function.js";
import { sign, verifySignature } from "./signatures.js";

/** All that Envoy 1.40 offers, by name. */
export const foreignFunctions: ReadonlyMap<string, ForeignFunction> = new Map([
  ["verify_signature", verifySignature],
  ["sign", sign],
  ["compress", compress],
  ["uncompress", uncompress],
  ["set_envoy_filter_state", setEnvoyFilterState],
  ["clear_route_cache", () => Status.Ok],
  ["expr_create", exprCreate],
  ["expr_evaluate", exprEvaluate],
  ["expr_delete", exprDelete],
  ["declare_property", declareProperty],
]);

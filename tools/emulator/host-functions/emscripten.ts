import type { Family } from "./call.js";

/** Glue that emscripten's modules import beside the ABI. */
export const emscripten: Family = {
  pthread_equal: (_call, left, right) => (left === right ? 1 : 0),
  emscripten_notify_memory_growth: () => 0,
};

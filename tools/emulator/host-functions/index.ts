import { buffers } from "./buffers.js";
import type { Family } from "./call.js";
import { callouts } from "./callouts.js";
import { emscripten } from "./emscripten.js";
import { foreign } from "./foreign.js";
import { headers } from "./headers.js";
import { logging } from "./logging.js";
import { metrics } from "./metrics.js";
import { properties } from "./properties.js";
import { queues } from "./queues.js";
import { sharedData } from "./shared-data.js";
import { streams } from "./streams.js";
import { time } from "./time.js";

/** Module `env`. What the ABI has beyond these links, and answers that it is not implemented. */
export const hostFunctions: Family = {
  ...logging,
  ...properties,
  ...headers,
  ...buffers,
  ...streams,
  ...time,
  ...sharedData,
  ...queues,
  ...metrics,
  ...foreign,
  ...callouts,
  ...emscripten,
};

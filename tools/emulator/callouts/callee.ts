import type { Upstream } from "../proxy/upstream.js";

/** Where calls to a cluster go; null: no cluster has this name. Looked up for each call. */
export type Callees = (cluster: string) => Upstream | null;

const nothing = () => {};

/** For a VM that only tries a configuration out: nobody hears of its calls, and nobody answers. */
export const nowhere: Upstream = {
  open: () => ({ data: nothing, trailers: nothing, reset: nothing, pause: nothing, resume: nothing }),
  close: nothing,
};

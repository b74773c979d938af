// What the library does beyond calling handlers. The build finds out what the filters of a module need, and leaves the rest
// out; compiled by other means, a module has all of it.

/** Keeps an object for each stream, whatever the filters keep themselves. */
export const TRACKS: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_TRACKED);

/** Sees to it that no body changes its length behind content-length's back. */
export const WATCHES_BODIES: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_BODIES);

/** Holds headers back until it has collected a body. */
export const COLLECTS_BODIES: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_HOLDS);

/** Has bodies rewritten on their way. */
export const REWRITES_BODIES: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_REWRITES);

/** Makes calls. */
export const CALLS: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_CALLS);

/** Opens gRPC streams. */
export const STREAMS: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_STREAMS);

/** Filters TCP connections. */
export const TCP: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_TCP);

/** Runs handlers in which a reply or a reset may come too late. */
export const ENDS: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_ENDS);

/** Tells trailers from headers in what it logs. */
export const NAMES_TRAILERS: bool = !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_TRAILERS);

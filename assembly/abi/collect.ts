// A module whose filters make no objects with traffic but the texts they read gets the smaller collector, which has to
// be told when to run. It may run only between callbacks: it does not see what a running function still holds.

let made: usize = 0;

/** Counts the bytes of a text that was made. */
export function count(size: usize): void {
  if (isDefined(MESHSCRIPT_COLLECT)) made += size + 20;
}

/** Collects once a quarter of the memory may be garbage. Call it when a callback begins. */
export function collectIfDue(): void {
  if (isDefined(MESHSCRIPT_COLLECT)) {
    if (made > (<usize>memory.size()) << 14) collect();
  }
}

/** Collects what reading a configuration left. Call it at the end of that callback. */
export function collectNow(): void {
  if (isDefined(MESHSCRIPT_COLLECT)) collect();
}

function collect(): void {
  made = 0;
  __collect();
}

// A module whose filters make no objects with traffic but the texts they read, or whose author has it so, gets the smaller
// collector, which has to be told when to run. It may run only between callbacks: it does not see what a running function
// still holds.

/** Bytes of the objects that were made since it ran last. The build has them counted where they are made. */
let made: usize = 0;

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

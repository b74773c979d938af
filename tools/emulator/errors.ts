/** The guest or the test broke a rule of the ABI: says which callback or host function, and which context. */
export class EmulatorError extends Error {
  override readonly name = "EmulatorError";
}

/** The host refuses a plugin. `problems` are the configuration's own where the guest named them. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  constructor(
    message: string,
    readonly problems: readonly string[],
  ) {
    super(message);
  }
}

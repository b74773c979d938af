/** A module ready to be measured, or the reason why it is not there. */
export type Built = BuiltModule | MissingModule;

export interface BuiltModule {
  readonly name: string;
  readonly path: string;
}

export interface MissingModule {
  readonly name: string;
  readonly missing: string;
}

/** All variants by name. */
export type Variants = ReadonlyMap<string, Built>;

/** The variant of this name; throws where no such one is built. */
export function variant(variants: Variants, name: string): Built {
  const found = variants.get(name);
  if (!found) throw new Error(`no variant is called ${name}`);
  return found;
}

import * as assemblyscript from "assemblyscript";

// The compiler exports these at run time, but declares them as constants that only its own build can read.
const { NodeKind, CommonFlags } = assemblyscript as unknown as Record<string, Record<string, number>>;

/** Kinds of nodes of the compiler in use: the numbers move between its versions. */
export const kinds = {
  Call: NodeKind!.Call!,
  Expression: NodeKind!.Expression!,
};

/** Flags of the compiler in use. */
export const flags = { Abstract: CommonFlags!.Abstract! };

import type { Context } from "../context.js";

/** How a property that a filter sets is to be read. */
export interface Declaration {
  /** It is written once. */
  readonly: boolean;
  /** As the ABI numbers them: bytes, text, FlatBuffers, protobuf. */
  type: number;
  /** Of protobuf the URL of the message's type. */
  schema: string;
  span: number;
}

export const undeclared: Declaration = { readonly: false, type: 0, schema: "", span: 0 };

const declarations = new WeakMap<Context, Map<string, Declaration>>();

/** What a context declared. Envoy heeds only what a root context did. */
export function declarationsOf(context: Context): Map<string, Declaration> {
  const present = declarations.get(context) ?? new Map<string, Declaration>();
  declarations.set(context, present);
  return present;
}

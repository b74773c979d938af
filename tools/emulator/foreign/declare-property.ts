import { Status } from "../abi/values.js";
import { declarationsOf } from "../properties/declarations.js";
import type { ForeignFunction } from "./function.js";
import { decodeMessage } from "./message.js";

const field = { name: 1, readonly: 2, type: 3, schema: 4, span: 5 };

/** Says how a property is to be read that the plugin's streams will set. */
export const declareProperty: ForeignFunction = ({ context }, bytes) => {
  const asked = decodeMessage(bytes, [field.name]);
  if (!asked) return Status.BadArgument;
  const name = Buffer.from(asked.bytes(field.name)).toString("latin1");
  const declared = declarationsOf(context);
  if (declared.has(name)) return Status.BadArgument;
  declared.set(name, {
    readonly: asked.number(field.readonly) !== 0,
    type: asked.number(field.type),
    schema: asked.text(field.schema),
    span: asked.number(field.span),
  });
  return Status.Ok;
};

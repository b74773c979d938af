import { Status } from "../abi/values.js";
import { fromBytes } from "../bytes.js";
import type { ForeignFunction } from "./function.js";
import { decodeMessage } from "./message.js";
import { stateObjects } from "./state-objects.js";

const field = { path: 1, value: 2, span: 3 };
const knownSpans = [0, 1, 2];

/** Leaves an object of one of the host's own kinds in the stream's filter state. */
export const setEnvoyFilterState: ForeignFunction = ({ context }, bytes) => {
  const asked = decodeMessage(bytes, [field.path, field.value]);
  if (!asked) return Status.BadArgument;
  const path = asked.text(field.path);
  const create = stateObjects.get(path);
  if (!create || !context.filterState) return Status.NotFound;
  const object = create(fromBytes(asked.bytes(field.value)));
  if (!object) return Status.BadArgument;
  const span = asked.number(field.span);
  context.filterState.set(path, object.property, knownSpans.includes(span) ? span : 0);
  return Status.Ok;
};

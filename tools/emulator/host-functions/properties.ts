import { Status } from "../abi/values.js";
import { declarationsOf } from "../properties/declarations.js";
import { resolve } from "../properties/tree.js";
import { give, outside, type Family } from "./call.js";

export const properties: Family = {
  proxy_get_property(call, path, pathSize, pointerTarget, sizeTarget) {
    const name = call.memory.readText(path, pathSize);
    if (name === null) return outside(call);
    const found = resolve(call.context.properties(), parts(name));
    return typeof found === "number" ? found : give(call, found, pointerTarget, sizeTarget);
  },

  proxy_set_property(call, path, pathSize, pointer, size) {
    const name = call.memory.readText(path, pathSize);
    const value = call.memory.read(pointer, size);
    if (name === null || value === null) return outside(call);
    const { filterState, root } = call.context;
    if (!filterState) return Status.NotFound;
    const written = filterState.setOwn(parts(name), value, declarationsOf(root));
    return written ? Status.Ok : Status.BadArgument;
  },
};

function parts(path: string): string[] {
  if (path === "") return [];
  return path.replace(/\0$/, "").split("\0");
}

import { Status } from "../abi/values.js";
import { give, outside, type Family } from "./call.js";

export const sharedData: Family = {
  proxy_get_shared_data(call, key, keySize, pointerTarget, sizeTarget, casTarget) {
    const name = call.memory.readText(key, keySize);
    if (name === null) return outside(call);
    const { shared } = call.vm.surroundings;
    const entry = shared.data.get(call.vm.settings.vmId, name);
    if (!entry) return Status.NotFound;
    const given = give(call, entry.value, pointerTarget, sizeTarget);
    if (given !== Status.Ok) return given;
    return call.memory.writeU32(casTarget, entry.cas) ? Status.Ok : outside(call);
  },

  proxy_set_shared_data(call, key, keySize, pointer, size, cas) {
    const name = call.memory.readText(key, keySize);
    const value = call.memory.read(pointer, size);
    if (name === null || value === null) return outside(call);
    const { shared } = call.vm.surroundings;
    const stored = shared.data.set(call.vm.settings.vmId, name, value, cas >>> 0);
    return stored ? Status.Ok : Status.CasMismatch;
  },
};

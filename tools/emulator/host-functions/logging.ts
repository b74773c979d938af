import { logLevels, Status } from "../abi/values.js";
import { text } from "../bytes.js";
import { known, outside, type Family, type HostCall } from "./call.js";

export const logging: Family = {
  proxy_log(call, level, pointer, size) {
    if (!known(call, "log level", level, logLevels.length - 1)) return Status.BadArgument;
    const message = call.memory.readText(pointer, size);
    if (message === null) return outside(call);
    write(call, level, message);
    return Status.Ok;
  },

  proxy_get_log_level(call, target) {
    const level = logLevels.indexOf(call.vm.surroundings.log.level);
    return call.memory.writeU32(target, level) ? Status.Ok : outside(call);
  },
};

/** Also for what the guest writes to its standard streams. */
export function write({ vm, context }: HostCall, level: number, message: string): void {
  vm.surroundings.log.guest(logLevels[level]!, context.pluginName, text(message));
}

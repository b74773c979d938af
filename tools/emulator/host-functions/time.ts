import { Status } from "../abi/values.js";
import { outside, type Family } from "./call.js";

export const time: Family = {
  proxy_get_current_time_nanoseconds(call, target) {
    const now = call.vm.surroundings.clock.now();
    return call.memory.writeU64(target, now) ? Status.Ok : outside(call);
  },

  proxy_set_tick_period_milliseconds(call, period) {
    call.context.root.setTickPeriod(period >>> 0);
    return Status.Ok;
  },
};

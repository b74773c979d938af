import { decodePairs } from "../abi/pairs.js";
import { lastStreamType, Status } from "../abi/values.js";
import { known, outside, type Family } from "./call.js";

export const streams: Family = {
  proxy_send_local_response(
    call,
    status,
    details,
    detailsSize,
    body,
    bodySize,
    pairs,
    pairsSize,
    grpcStatus,
  ) {
    const [why, content] = [call.memory.readText(details, detailsSize), call.memory.readText(body, bodySize)];
    const headers = call.memory.read(pairs, pairsSize);
    if (why === null || content === null || headers === null) return outside(call);
    const reply = { status, details: why, body: content, headers: decodePairs(headers) ?? [], grpcStatus };
    call.context.sendLocalReply(reply);
    call.vm.stopIteration = true;
    return Status.Ok;
  },

  proxy_continue_stream(call, type) {
    if (!known(call, "stream type", type, lastStreamType)) return Status.BadArgument;
    return call.context.continueStream(type);
  },

  proxy_close_stream(call, type) {
    if (!known(call, "stream type", type, lastStreamType)) return Status.BadArgument;
    return call.context.closeStream(type);
  },

  proxy_set_effective_context(call, id) {
    if (id !== 0 && !call.vm.contexts.has(id)) return Status.BadArgument;
    call.vm.effective = id;
    return Status.Ok;
  },

  proxy_done(call) {
    return call.context.root.done();
  },
};

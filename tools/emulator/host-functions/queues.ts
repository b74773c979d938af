import { Status } from "../abi/values.js";
import { give, outside, type Family } from "./call.js";

export const queues: Family = {
  proxy_register_shared_queue(call, name, nameSize, target) {
    const key = call.memory.readText(name, nameSize);
    if (key === null) return outside(call);
    const { surroundings, settings, onTrial } = call.vm;
    const owner = onTrial ? null : call.context.root;
    const token = surroundings.shared.queues.register(settings.vmId, key, owner);
    return call.memory.writeU32(target, token) ? Status.Ok : outside(call);
  },

  proxy_resolve_shared_queue(call, vmId, vmIdSize, name, nameSize, target) {
    const home = call.memory.readText(vmId, vmIdSize);
    const key = call.memory.readText(name, nameSize);
    if (home === null || key === null) return outside(call);
    const { surroundings, settings } = call.vm;
    const token = surroundings.shared.queues.resolve(home || settings.vmId, key);
    if (token === undefined) return Status.NotFound;
    return call.memory.writeU32(target, token) ? Status.Ok : outside(call);
  },

  proxy_enqueue_shared_queue(call, token, pointer, size) {
    const message = call.memory.read(pointer, size);
    if (message === null) return outside(call);
    const { shared, loop } = call.vm.surroundings;
    const queue = shared.queues.get(token >>> 0);
    if (!queue) return Status.NotFound;
    queue.messages.push(message);
    const { owner } = queue;
    if (owner) loop.post(() => owner.queueReady(token));
    return Status.Ok;
  },

  proxy_dequeue_shared_queue(call, token, pointerTarget, sizeTarget) {
    const queue = call.vm.surroundings.shared.queues.get(token >>> 0);
    if (!queue) return Status.NotFound;
    const message = queue.messages.shift();
    return message ? give(call, message, pointerTarget, sizeTarget) : Status.Empty;
  },
};

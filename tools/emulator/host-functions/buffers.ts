import { BufferType, lastBufferType, Status } from "../abi/values.js";
import type { GuestBuffer } from "../context.js";
import { give, known, outside, type Family, type HostCall } from "./call.js";

export const buffers: Family = {
  proxy_get_buffer_bytes(call, type, start, length, pointerTarget, sizeTarget) {
    if (!isBuffer(call, type)) return Status.BadArgument;
    const buffer = bufferOf(call, type);
    if (!buffer) return Status.NotFound;
    const from = start >>> 0;
    const bytes = bytesOf(buffer).subarray(from, from + (length >>> 0));
    return give(call, bytes, pointerTarget, sizeTarget);
  },

  proxy_get_buffer_status(call, type, lengthTarget, flagsTarget) {
    if (!isBuffer(call, type)) return Status.BadArgument;
    const buffer = bufferOf(call, type);
    if (!buffer) return Status.NotFound;
    const written = call.memory.writeU32(lengthTarget, size(buffer)) && call.memory.writeU32(flagsTarget, 0);
    return written ? Status.Ok : outside(call);
  },

  proxy_set_buffer_bytes(call, type, start, length, pointer, size) {
    if (!isBuffer(call, type)) return Status.BadArgument;
    const buffer = call.context.buffer(type);
    if (!buffer) return Status.NotFound;
    const bytes = call.memory.read(pointer, size);
    if (bytes === null) return outside(call);
    return "writable" in buffer
      ? buffer.writable.splice(start >>> 0, length >>> 0, bytes)
      : Status.BadArgument;
  },
};

/** Out of its turn a buffer is empty, except for two of which Envoy says that they are not there. */
function bufferOf({ context }: HostCall, type: number): GuestBuffer | null {
  const absent = type === BufferType.CallResponseBody || type === BufferType.PluginConfiguration;
  return context.buffer(type) ?? (absent ? null : { readable: new Uint8Array() });
}

function isBuffer(call: HostCall, type: number): boolean {
  return known(call, "buffer", type, lastBufferType);
}

function size(buffer: GuestBuffer): number {
  return bytesOf(buffer).length;
}

function bytesOf(buffer: GuestBuffer): Uint8Array {
  return "writable" in buffer ? buffer.writable.slice(0, buffer.writable.length) : buffer.readable;
}

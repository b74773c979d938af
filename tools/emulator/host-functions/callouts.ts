import { decodePairs } from "../abi/pairs.js";
import { Status } from "../abi/values.js";
import { toBytes } from "../bytes.js";
import { readGrpcRequest } from "../callouts/read-request.js";
import { give, outside, type Family, type HostCall } from "./call.js";

export const callouts: Family = {
  /** Envoy takes trailers and never sends them. */
  proxy_http_call(
    call,
    cluster,
    clusterSize,
    pairs,
    pairsSize,
    content,
    contentSize,
    ...[, , timeoutMs, target]
  ) {
    const name = call.memory.readText(cluster, clusterSize);
    const headers = call.memory.read(pairs, pairsSize);
    const body = call.memory.read(content, contentSize);
    if (name === null || headers === null || body === null) return outside(call);
    const request = { headers: decodePairs(headers) ?? [], body, timeoutMs: timeoutMs! | 0 };
    const begun = call.context.root.calls.http(name, request);
    return "token" in begun ? tell(call, begun.token, target!) : begun.status;
  },

  proxy_grpc_call(call, ...args) {
    const [content, size, timeoutMs, target] = args.slice(8) as [number, number, number, number];
    const message = call.memory.read(content, size);
    const read = message && readGrpcRequest(call, args.slice(0, 8), timeoutMs >>> 0);
    if (!read) return outside(call);
    if ("status" in read) return read.status;
    return tell(call, call.context.root.calls.grpc.call(read.callee, read.request, message), target);
  },

  proxy_grpc_stream(call, ...args) {
    const read = readGrpcRequest(call, args.slice(0, 8), null);
    if (!read) return outside(call);
    if ("status" in read) return read.status;
    return tell(call, call.context.root.calls.grpc.stream(read.callee, read.request), args[8]!);
  },

  proxy_grpc_send(call, token, content, size, end) {
    const message = call.memory.read(content, size);
    return message === null
      ? outside(call)
      : call.context.root.calls.grpc.send(token >>> 0, message, end !== 0);
  },

  proxy_grpc_close: ({ context }, token) => context.root.calls.grpc.close(token >>> 0),

  proxy_grpc_cancel: ({ context }, token) => context.root.calls.grpc.cancel(token >>> 0),

  proxy_get_status(call, codeTarget, pointerTarget, sizeTarget) {
    const { code, text } = call.context.root.calls.teller.status;
    if (!call.memory.writeU32(codeTarget, code)) return outside(call);
    return give(call, toBytes(text), pointerTarget, sizeTarget);
  },
};

function tell(call: HostCall, token: number, target: number): number {
  return call.memory.writeU32(target, token) ? Status.Ok : outside(call);
}

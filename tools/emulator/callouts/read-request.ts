import { decodePairs } from "../abi/pairs.js";
import { Status } from "../abi/values.js";
import { breach, type HostCall } from "../host-functions/call.js";
import type { Upstream } from "../proxy/upstream.js";
import type { GrpcRequest } from "./grpc-request.js";
import { targetOf, type Target } from "./grpc-service.js";
import { CallKind } from "./tokens.js";

export type ReadRequest = { callee: Upstream; request: GrpcRequest } | { status: number };

/** What a gRPC call's first eight arguments point at; null: outside memory. `timeoutMs`: null for a stream. */
export function readGrpcRequest(
  call: HostCall,
  at: readonly number[],
  timeoutMs: number | null,
): ReadRequest | null {
  const read = (index: number) => call.memory.read(at[2 * index]!, at[2 * index + 1]!);
  const [bytes, service, method, pairs] = [read(0), read(1), read(2), read(3)];
  if (!bytes || !service || !method || !pairs) return null;
  const target = targetOf(bytes);
  if (target === "crash") return crash(call);
  const callee = call.context.root.calls.callee(target.cluster);
  if (!callee) return unknown(call, target, timeoutMs);
  const text = (part: Uint8Array) => Buffer.from(part).toString("latin1");
  const metadata = decodePairs(pairs) ?? [];
  const named = { authority: target.authority, service: text(service), method: text(method) };
  return { callee, request: { ...named, metadata, timeoutMs } };
}

function crash({ vm, name }: HostCall): ReadRequest {
  breach(vm, `${name}: the target reads as a GrpcService message that names no cluster; Envoy would crash`);
  return { status: Status.InternalFailure };
}

function unknown(
  { context }: HostCall,
  { written }: Exclude<Target, "crash">,
  timeoutMs: number | null,
): ReadRequest {
  if (written === "text") return { status: Status.ParseFailure };
  context.root.calls.grpc.lost(timeoutMs === null ? CallKind.GrpcStream : CallKind.GrpcCall);
  return { status: Status.InternalFailure };
}

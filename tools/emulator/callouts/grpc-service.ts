/** What a gRPC call names as its target. `crash`: Envoy takes it for a message that names nothing, and dies of it. */
export type Target = { cluster: string; authority: string; written: "message" | "text" } | "crash";

/**
 * Envoy reads a `GrpcService` message (`envoy_grpc`, field 1, with `cluster_name`, field 1, and `authority`, field 2). Only bytes that are no
 * message at all are taken for the cluster's name itself; that of many a name they are one is the trap.
 */
export function targetOf(bytes: Uint8Array): Target {
  const service = fieldsOf(bytes);
  const envoy = service?.get(1);
  const fields = envoy && fieldsOf(envoy);
  if (service === null || fields === null) {
    const cluster = text(bytes);
    return { cluster, authority: cluster, written: "text" };
  }
  if (fields === undefined) return "crash";
  const cluster = text(fields.get(1) ?? []);
  return { cluster, authority: text(fields.get(2) ?? []) || cluster, written: "message" };
}

function text(bytes: Uint8Array | readonly number[]): string {
  return Buffer.from(bytes).toString("latin1");
}

const Wire = { Varint: 0, Fixed64: 1, Bytes: 2, Fixed32: 5 };

/** The fields that hold bytes, by number; null where the bytes are no protobuf. */
function fieldsOf(bytes: Uint8Array): Map<number, Uint8Array> | null {
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const tag = varint(bytes, at);
    if (tag === null || tag.value < 8) return null;
    const content = contentAt(bytes, tag.end, tag.value & 7);
    if (content === null || content.end > bytes.length) return null;
    if (content.start !== undefined) fields.set(tag.value >>> 3, bytes.subarray(content.start, content.end));
    at = content.end;
  }
  return fields;
}

function contentAt(bytes: Uint8Array, at: number, wire: number): { start?: number; end: number } | null {
  if (wire === Wire.Fixed64) return { end: at + 8 };
  if (wire === Wire.Fixed32) return { end: at + 4 };
  const number = varint(bytes, at);
  if (number === null || wire === Wire.Varint) return number && { end: number.end };
  return wire === Wire.Bytes ? { start: number.end, end: number.end + number.value } : null;
}

function varint(bytes: Uint8Array, at: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return null;
}

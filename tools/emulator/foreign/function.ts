import type { HostCall } from "../host-functions/call.js";

/** A host function beyond the ABI: takes bytes, returns a result or, where there is none, a status. */
export type ForeignFunction = (call: HostCall, argument: Uint8Array) => Uint8Array | number;

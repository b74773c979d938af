import type { ByteBuffer } from "./http/byte-buffer.js";
import type { HeaderMap } from "./http/header-map.js";
import type { FilterState } from "./properties/filter-state.js";
import type { PropertyTree } from "./properties/tree.js";
import type { RootContext } from "./root-context.js";
import type { Header } from "./types.js";
import type { Vm } from "./vm.js";

/** What a guest sends in place of an upstream's response. */
export interface ReplyRequest {
  status: number;
  details: string;
  body: string;
  headers: Header[];
  /** -1: none. */
  grpcStatus: number;
}

/** Bytes that the guest reads; a ByteBuffer can be written, too. */
export type GuestBuffer = { readable: Uint8Array } | { writable: ByteBuffer };

/** What host functions act on. A root context and a stream context each offer their part; the rest is absent. */
export interface Context {
  readonly vm: Vm;
  readonly id: number;
  readonly root: RootContext;
  /** Plugin name for log lines; "" for the VM itself. */
  readonly pluginName: string;
  /** All is over, and the guest is told: what is not there then is missing rather than out of reach. */
  readonly logging: boolean;
  /** Null: not there now. */
  headerMap(type: number, use: "read" | "write"): HeaderMap | null;
  buffer(type: number): GuestBuffer | null;
  properties(): PropertyTree;
  /** What filters of this stream leave for each other; null: there is no stream. */
  readonly filterState: FilterState | null;
  sendLocalReply(reply: ReplyRequest): void;
  continueStream(type: number): number;
  closeStream(type: number): number;
}

import { customSection, withCustomSection } from "./wasm.js";

/** What a module says about itself in its custom section `meshscript`. */
export interface ModuleMetadata {
  /** Version of the library it was built with. */
  sdk: string;
  /** Version of the AssemblyScript compiler. */
  compiler: string;
  filters: FilterInfo[];
  /** Tags of their metrics, which the host makes labels of; absent where they have none. */
  metricTags?: string[];
}

export interface FilterInfo {
  className: string;
  /** The root_id it answers to; "" for a module's only filter, which answers to any. */
  rootId: string;
  /** What it filters: HTTP exchanges, or the bytes of TCP connections. */
  kind: "http" | "tcp";
  /** Whether it has fields, which is where settings are kept. */
  settings: boolean;
  /** Whether its exchanges hold something from request to response. */
  stateful: boolean;
  /** Whether it judges whole bodies while it holds their headers: the host has to allow that. */
  holdsHeaders: boolean;
}

const SECTION = "meshscript";

/** What a module says about itself, null where it was not built by meshscript. */
export function readMetadata(binary: Uint8Array): ModuleMetadata | null {
  const section = customSection(binary, SECTION);
  return section ? JSON.parse(Buffer.from(section).toString("utf8")) : null;
}

export function withMetadata(binary: Uint8Array, metadata: ModuleMetadata): Uint8Array {
  return withCustomSection(binary, SECTION, Buffer.from(JSON.stringify(metadata)));
}

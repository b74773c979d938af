/**
 * Who may import from whom: a folder or file of an area -> folders, or files within them. Everybody may import from
 * within its own folder, and from files that lie directly in the area and have no rule.
 */
export type Rules = Record<string, readonly string[] | "all">;

/** Below `tools/`. */
export const toolRules: Rules = {
  terminal: [],
  traffic: [],
  build: [],
  manifest: ["traffic/host"],
  // What the generated configuration withholds from a module, the emulator withholds too.
  emulator: ["traffic/host", "envoy/plugin"],
  unit: ["emulator", "build"],
  envoy: ["manifest", "traffic/host"],
  demo: ["manifest", "terminal", "traffic"],
  checks: "all",
  cli: "all",
};

/** Below `assembly/`. */
export const libraryRules: Rules = {
  crypto: [],
  jwt: ["crypto"],
  abi: [],
  config: ["abi"],
  host: ["abi"],
  stream: ["abi", "host"],
  callout: ["abi", "host", "stream", "http/headers"],
  filter: ["abi", "host", "stream", "callout"],
  http: ["abi", "host", "stream", "filter", "callout"],
  tcp: ["abi", "host", "stream", "filter", "callout"],
  runtime: ["abi", "host", "stream", "filter", "callout", "http", "tcp", "config"],
  secrets: ["abi", "config", "crypto", "host"],
  settings: ["abi", "config", "secrets"],
  entry: ["abi", "runtime"],
  testing: "all",
  compat: "all",
  index: "all",
};

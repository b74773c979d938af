/**
 * Who may import from whom: a folder or file of an area -> folders, or files within them. Everybody may import from
 * within its own folder, and from files that lie directly in the area and have no rule.
 */
export type Rules = Record<string, readonly string[] | "all">;

/** Below `tools/`. */
export const toolRules: Rules = {
  terminal: [],
  traffic: [],
  abi: ["terminal", "traffic"],
  build: [],
  manifest: ["traffic/host"],
  // What the generated configuration withholds from a module, the emulator withholds too.
  emulator: ["traffic/attempts", "traffic/host", "envoy/plugin", "envoy/tcp-kind"],
  unit: ["emulator", "build"],
  fuzz: ["build", "cli/exit", "cli/modules", "emulator", "manifest", "parity/random", "terminal", "traffic"],
  parity: ["cli/exit", "cli/hosts", "terminal", "traffic"],
  "against-native": ["cli/exit", "cli/modules", "envoy", "parity/random", "terminal", "traffic"],
  envoy: ["abi/groups", "manifest", "traffic/attempts", "traffic/host"],
  mesh: ["manifest"],
  targets: ["envoy", "manifest", "mesh"],
  pack: ["build"],
  validate: "all",
  publish: ["envoy", "targets"],
  rollout: ["build", "cli/exit", "envoy", "manifest", "publish", "targets", "terminal"],
  compose: ["envoy", "manifest", "terminal", "traffic"],
  demo: ["manifest", "terminal", "traffic"],
  checks: "all",
  cli: "all",
};

/** Below `assembly/`. */
export const libraryRules: Rules = {
  crypto: [],
  jwt: ["abi", "crypto", "config/check", "config/json", "config/values", "host/signatures"],
  abi: [],
  config: ["abi"],
  host: ["abi"],
  stream: ["abi", "host"],
  callout: ["abi", "host", "stream", "http/headers", "http/maps", "http/percent", "http/status"],
  filter: ["abi", "host", "stream", "callout"],
  http: ["abi", "host", "stream", "filter", "callout"],
  tcp: ["abi", "host", "stream", "filter", "callout"],
  runtime: ["abi", "host", "stream", "filter", "callout", "http", "tcp", "config", "expressions"],
  secrets: ["abi", "config", "crypto", "host"],
  compression: ["abi"],
  proto: ["abi"],
  expressions: ["abi", "config", "host"],
  access: ["abi", "callout", "config", "crypto", "host", "http", "proto", "stream", "jwt"],
  settings: ["abi", "access/networks", "config", "expressions", "secrets"],
  entry: ["abi", "runtime", "stream"],
  testing: "all",
  compat: "all",
  index: "all",
};

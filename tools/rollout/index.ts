export { askAll } from "./ask.js";
export { findingsIn, type Answer } from "./findings.js";
export { publishedIn, type Expected } from "./published.js";
export { readEnvoy } from "./read.js";
export type { EnvoyState, FilterState } from "./state.js";
export { printStatus } from "./table.js";
export { eachIn, someIn, waitFor, type Wanted } from "./wait.js";

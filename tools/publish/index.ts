export { publishChecked, refusals } from "./checked.js";
export { keptVersions, prune } from "./history.js";
export { outdated, publish, type Written } from "./publish.js";

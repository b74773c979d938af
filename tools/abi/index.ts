export { exercisesOf } from "./from-results.js";
export { abiPage } from "./page.js";
export { abiProblems, PAGE } from "./problems.js";

import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyRows } from "../../../tools/abi/empty.js";
import { bestCase, type Exercise } from "../../../tools/abi/exercised.js";
import { abiPage } from "../../../tools/abi/page.js";
import { callbacks, hostFunctions } from "../../../tools/abi/rows.js";

const everything = [...hostFunctions, ...callbacks].map(({ name }) => name);

function exercise(name: string, names: string[], notOnEnvoy?: string): Exercise {
  return { file: "tests/traffic/some.yaml", name, names, notOnEnvoy };
}

test("the case that uses least beside a function is the one that shows it", () => {
  const cases = [exercise("a", ["x", "y", "z"]), exercise("b", ["x", "y"]), exercise("c", ["x", "z"])];
  assert.equal(bestCase("x", cases)?.name, "b");
  assert.equal(bestCase("w", cases), undefined);
});

test("the page goes on naming the case that it names, as long as that shows the function", () => {
  const all = [exercise("small", everything), exercise("named | before", [...everything, "and more"])];
  const before = abiPage([all[1]!]);
  assert.equal(abiPage(all, before), before);
  assert.equal(abiPage([all[0]!], before), abiPage([all[0]!]));
});

test("a case that real Envoy plays goes before one that it does not", () => {
  const cases = [exercise("emulated", ["x"], "no such cluster"), exercise("real", ["x", "y"])];
  assert.equal(bestCase("x", cases)?.name, "real");
});

test("a function that no case makes use of is named", () => {
  const without = everything.filter((name) => name !== "proxy_log");
  assert.deepEqual(emptyRows([exercise("all but one", without)]), ["proxy_log: no case makes use of it"]);
});

test("a function that only the emulator plays is named unless its row says why", () => {
  const emulated = exercise("emulated", ["proxy_log", "proxy_on_foreign_function"], "for a reason");
  const rest = everything.filter((name) => !emulated.names.includes(name));
  assert.deepEqual(emptyRows([emulated, exercise("rest", rest)]), [
    "proxy_log: no case of it plays on real Envoy",
  ]);
});

test("the page has a row for each function, linked to its case", () => {
  const page = abiPage([exercise("logs | a line", ["proxy_log"])]);
  for (const name of everything) assert.match(page, new RegExp(`^\\| \`${name}\` `, "m"));
  assert.match(page, /proxy_log` +\| `log.info` +\| \[logs \\\| a line\]\(\.\.\/tests\/traffic\/some.yaml\)/);
});

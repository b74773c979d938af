import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { teardown } from "../../../tools/compose/teardown.js";
import { listener } from "./support/listener.js";

const entry = new URL("./support/teardown-entry.js", import.meta.url);

test("ends the latest first, so that an engine outlives its containers, and each once", () => {
  const ended: string[] = [];
  const ends = teardown(() => {});
  for (const name of ["engine", "project"]) ends.add(() => void ended.push(name));
  ends.run();
  ends.run();
  assert.deepEqual(ended, ["project", "engine"]);
});

test("ends the rest where one thing cannot be ended, and says so", () => {
  const { told, tell } = listener();
  const ended: string[] = [];
  const ends = teardown(tell);
  ends.add(() => void ended.push("engine"));
  ends.add(() => {
    throw new Error("the network is in use");
  });
  ends.run();
  assert.deepEqual([ended, told], [["engine"], ["the network is in use"]]);
});

for (const [signal, how] of [
  ["SIGINT", "Ctrl-C"],
  ["SIGTERM", "being told to end"],
] as const) {
  test(`ends everything after ${how}`, async () => {
    const child = spawn(process.execPath, [entry.pathname], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (text.includes("begun")) child.kill(signal);
    });
    const [, by] = await once(child, "close");
    assert.deepEqual([said, by], ["begun\nproject\nengine\n", signal]);
  });
}

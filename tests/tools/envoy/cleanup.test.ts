import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { alive, temporaryFolder } from "./support/setup.js";

const holder = fileURLToPath(new URL("support/holder.js", import.meta.url));

/** How the process that holds an Envoy ends, and what Node then says of it: exit code or signal. */
const endings: Record<string, number | NodeJS.Signals> = {
  SIGINT: "SIGINT",
  SIGTERM: "SIGTERM",
  SIGHUP: "SIGHUP",
  exit: 0,
  throw: 1,
};

for (const [ending, expected] of Object.entries(endings)) {
  test(`no Envoy and no folder is left when our own process ends by ${ending}`, async () => {
    assert.equal(await endedBy(ending, ending), expected);
  });
}

test("someone else's handler of a signal comes first and may stop Envoy in its own way", async () => {
  assert.equal(await endedBy("own handler", "SIGINT"), 7);
});

/** Lets a holder end, checks that nothing is left of it, and returns its exit code or signal. */
async function endedBy(ending: string, signal: string): Promise<number | NodeJS.Signals> {
  const folder = temporaryFolder();
  const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
  const child = spawn(process.execPath, [holder, ending], { stdio, env: { ...process.env, TMPDIR: folder } });
  const exited = new Promise<number | NodeJS.Signals>((tell) => {
    child.once("exit", (code, by) => tell(by ?? code!));
  });
  const envoy = await new Promise<number>((tell) => child.stdout.once("data", (text) => tell(Number(text))));
  if (signal.startsWith("SIG")) child.kill(signal as NodeJS.Signals);
  const end = await exited;
  await gone(envoy);
  assert.deepEqual(readdirSync(folder), []);
  return end;
}

/** A killed process is not gone at once. */
async function gone(pid: number): Promise<void> {
  for (let wait = 0; alive(pid) && wait < 100; wait++) await sleep(20);
  assert.equal(alive(pid), false);
}

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, pbkdf2Sync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startGuest, type Guest } from "../../../bench/guest/run.js";
import { instrument } from "../../../bench/wasm/instrument.js";
import { build } from "../../../tools/build/index.js";
import { packageRoot } from "../../../tools/package-root.js";

const folder = mkdtempSync(join(tmpdir(), "meshscript-basic-auth-"));
after(() => rmSync(folder, { recursive: true }));

let binary: Uint8Array;
before(async () => {
  binary = (await build({ entry: join(packageRoot, "filters/basic-auth"), outDir: folder })).binary;
});

const ab64 = (bytes: Buffer): string => bytes.toString("base64").replaceAll("+", ".").replaceAll("=", "");
const sha = (user: string): string =>
  `${user}:{SHA}${createHash("sha1").update(`test-${user}`).digest("base64")}`;

function derived(user: string, iterations: number, salt: string): string {
  const hash = pbkdf2Sync(`test-${user}`, salt, iterations, 32, "sha256");
  return `${user}:$pbkdf2-sha256$${iterations}$${ab64(Buffer.from(salt))}$${ab64(hash)}`;
}

function guestFor(users: string[], user: string, password: string): Guest {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return startGuest(instrument(binary, {}), {
    configuration: JSON.stringify({ users }),
    headers: [["authorization", authorization]],
  });
}

/** What a request executes when the filter has seen such a one before. */
function workOf(guest: Guest): number {
  guest.run(2);
  const before = total(guest);
  guest.run(1);
  return total(guest) - before;
}

function total(guest: Guest): number {
  return guest.instructions().reduce((sum, count) => sum + count, 0);
}

const dear = derived("bob", 3000, "a salt of that user");

const tables: Record<string, string[]> = {
  "users with hashes of all kinds": [derived("ann", 1000, "8 bytes!"), dear, sha("eve")],
  "users with SHA-1 alone": [sha("ann"), sha("bob"), sha("eve")],
};

describe("a refusal takes as many instructions whether its user is known or not, for", () => {
  for (const [name, users] of Object.entries(tables)) {
    test(name, () => {
      const counts = ["ann", "bob", "eve", "zoe"].map((user) => workOf(guestFor(users, user, "test-wrong")));
      assert.ok(counts[0]! > 10_000);
      assert.deepEqual(new Set(counts), new Set([counts[0]]));
    });
  }
});

test("a check of the dearest hash stays under 5 ms", () => {
  const guest = startGuest(
    { binary, instructions: [], entries: "" },
    {
      configuration: JSON.stringify({ users: [dear] }),
      headers: [["authorization", `Basic ${Buffer.from("bob:wrong").toString("base64")}`]],
    },
  );
  const times = Array.from({ length: 8 }, () => {
    const began = performance.now();
    guest.run(1);
    return performance.now() - began;
  });
  assert.ok(Math.min(...times) < 5, `${Math.min(...times)} ms`);
});

test("what was right once is known without that work", () => {
  const right = workOf(guestFor([dear], "bob", "test-bob"));
  assert.ok(right < 30_000, `${right} instructions`);
});

test("the command of its README makes a line that the filter takes", () => {
  const readme = readFileSync(join(packageRoot, "filters/basic-auth/README.md"), "utf8");
  const command = /```sh\n([\s\S]*?)```/.exec(readme)![1]!;
  const line = execFileSync("sh", ["-c", command], { input: "test-älice\n", encoding: "utf8" }).trim();
  assert.match(line, /^alice:\$pbkdf2-sha256\$3000\$[^$=+]{22}\$[^$=+]{43}$/);
  assert.ok(workOf(guestFor([line], "alice", "test-älice")) < 30_000);
});

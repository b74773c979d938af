import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "./drill/ledger.js";
import type { Seen } from "./drill/load.js";

// The drill is worth what its books are: each fault must be one.

function answer(version: string, changes: Partial<Seen> = {}): Seen {
  const now = performance.now();
  return { port: 1, from: now, to: now, status: 200, version, requestVersion: version, ...changes };
}

/** The first version has given way to the second, long enough ago. */
function afterSwap(): Ledger {
  const ledger = new Ledger("a0");
  ledger.opens("a1");
  ledger.isEverywhere();
  return ledger;
}

const later = () => performance.now() + 10_000;

const faults: Record<string, [answer: Seen, says: RegExp]> = {
  "a connection that breaks": [answer("", { error: "socket hang up", status: 0 }), /failed: socket hang up/],
  "a refusal": [answer("a1", { status: 503 }), /answered 503/],
  "a version that is not a good one": [answer("abad"), /never published as good/],
  "no version at all": [answer("undefined"), /never published as good/],
  "two versions in one exchange": [answer("a1", { requestVersion: "a0" }), /met two versions: a0, a1/],
  "a version that is out of date": [
    answer("a0", { from: later(), to: later() }),
    /a0 answered when everybody/,
  ],
};
for (const [what, [seen, says]] of Object.entries(faults))
  test(`counts as a fault: ${what}`, () => {
    const ledger = afterSwap();
    ledger.enter(seen);
    assert.equal(ledger.faultCount, 1);
    assert.match(ledger.faults[0]!, says);
  });

test("either version may answer while one takes over from the other, and whoever began in time", () => {
  const ledger = new Ledger("a0");
  ledger.opens("a1");
  for (const version of ["a0", "a1"]) ledger.enter(answer(version));
  ledger.isEverywhere();
  ledger.enter(answer("a0", { to: later() }));
  assert.deepEqual([ledger.faultCount, ledger.requests], [0, 3]);
});

test("knows when the last version answered first, at each Envoy", () => {
  const ledger = afterSwap();
  ledger.enter(answer("a0", { port: 1 }));
  ledger.enter(answer("a1", { port: 2, to: 7 }));
  ledger.enter(answer("a1", { port: 2, to: 9 }));
  assert.deepEqual([...ledger.firstAnswers()], [[2, 7]]);
});

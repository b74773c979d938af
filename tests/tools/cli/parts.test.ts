import assert from "node:assert/strict";
import { test } from "node:test";
import { curlLine } from "../../../tools/cli/curl.js";
import { startEcho } from "../../../tools/cli/echo.js";
import { sumOf, tallyLine } from "../../../tools/cli/testing/tally.js";
import { manifest } from "../demo/support/manifest.js";

test("the line of totals names skipped tests only where there are some", () => {
  assert.equal(tallyLine({ passed: 3, failed: 0, skipped: 0 }), "3 passed, 0 failed");
  assert.equal(tallyLine({ passed: 3, failed: 1, skipped: 2 }), "3 passed, 1 failed, 2 skipped");
});

test("tallies add up", () => {
  const tallies = [
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ];
  assert.deepEqual(sumOf(tallies), { passed: 11, failed: 22, skipped: 33 });
});

test("the curl line carries what each filter asks for, quoted for the shell", () => {
  const key = manifest("key", { pass: { headers: { "x-key": "it's" } }, requests: [] });
  assert.equal(curlLine(8080, [key, manifest("b")]), `curl -i -H 'x-key: it'\\''s' http://127.0.0.1:8080/`);
});

test("the echo upstream answers with the request as it came", async (t) => {
  const echo = await startEcho();
  t.after(() => echo.stop());
  const headers = { "X-Mixed-Case": "1" };
  const answer = await fetch(`http://127.0.0.1:${echo.port}/a?b`, { method: "POST", body: "hi", headers });
  const text = await answer.text();
  assert.match(text, /^POST \/a\?b HTTP\/1\.1\n/);
  assert.match(text, /\nX-Mixed-Case: 1\n/i);
  assert.match(text, /\n\nhi$/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { probed } from "./support/probed.js";

for (const [failurePolicy, later] of [
  ["FAIL_CLOSED", "closed"],
  ["FAIL_OPEN", "continue"],
] as const) {
  test(`a trap closes its connection and others of the VM; under ${failurePolicy} new ones: ${later}`, async () => {
    const { plugin } = await probed(["dd1 trap"], { failurePolicy });
    const [other, trapping] = [plugin.connect(), plugin.connect()];
    assert.equal(trapping.fromClient("x", true), "closed");
    assert.equal(other.closedBy, null);
    assert.equal(other.fromClient("y"), "closed");
    assert.equal(plugin.connect().outcome(), later);
  });
}

test("FAIL_RELOAD gives a new connection a fresh VM once the back-off is over", async () => {
  const { plugin, clock } = await probed(["dd1 trap"], {
    failurePolicy: "FAIL_RELOAD",
    reloadBackoffMs: 100,
  });
  clock.advance(100);
  plugin.connect().fromClient("x", true);
  assert.equal(plugin.connect().outcome(), "continue");
  plugin.connect().fromClient("x", true);
  assert.equal(plugin.connect().outcome(), "closed");
  clock.advance(100);
  assert.equal(plugin.connect().outcome(), "continue");
});

test("a callback's answer that is no action is a fault of the filter", async () => {
  const { plugin } = await probed(["dd ret 2"]);
  const connection = plugin.connect();
  assert.throws(() => connection.fromClient("x"), /proxy_on_downstream_data, context 2: returned 2/);
});

test("a test that sends after the end or on a closed connection is wrong", async () => {
  const { plugin } = await probed([]);
  const connection = plugin.connect();
  connection.fromClient("", true);
  assert.throws(() => connection.fromClient("more"), /client: it had ended/);
  connection.reset("upstream");
  assert.throws(() => connection.fromUpstream("more"), /upstream: the connection is closed/);
});

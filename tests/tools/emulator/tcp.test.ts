import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, EmulatorError } from "../../../tools/emulator/index.js";
import { probed } from "./support/probed.js";

test("the callbacks of a connection, in order, where the client ends first", async () => {
  const { plugin, said } = await probed(["trace"]);
  const connection = plugin.connect();
  connection.fromClient("ping", false);
  connection.fromUpstream("pong");
  connection.fromClient("", true);
  connection.fromUpstream("", true);
  assert.deepEqual(said(), [
    "cb create 2 root=1",
    "cb nc 2",
    "cb dd 2 eos=0 n=4",
    "cb ud 2 eos=0 n=4",
    "cb dd 2 eos=1 n=0",
    "cb ud 2 eos=1 n=0",
    "cb uc 2 peer=0",
    "cb dc 2 peer=1",
    "cb done 2",
    "cb log 2",
    "cb delete 2",
  ]);
  assert.equal(connection.closedBy, "local");
});

const endings: [what: string, end: (connection: Connection) => void, peer: string, upstream: boolean][] = [
  [
    "the upstream ends first, then the client",
    (c) => void [c.fromUpstream("", true), c.fromClient("", true)],
    "2",
    true,
  ],
  ["the client breaks off", (c) => c.reset("client"), "2", false],
  ["the upstream breaks off", (c) => c.reset("upstream"), "1", false],
];

for (const [what, end, peer, upstream] of endings) {
  test(`${what}: the close is put down to ${peer === "2" ? "the client" : "the proxy"}`, async () => {
    const { plugin, said } = await probed(["trace"]);
    end(plugin.connect());
    const closes = said().filter((line) => /^cb (dc|uc) /.test(line));
    assert.deepEqual(closes, [...(upstream ? ["cb uc 2 peer=0"] : []), `cb dc 2 peer=${peer}`]);
  });
}

test("nobody at the upstream: the connection is closed by the proxy, and no data is seen", async () => {
  const { plugin, said } = await probed(["trace"]);
  const connection = plugin.connect({ upstreamDown: true });
  assert.equal(connection.closedBy, "local");
  assert.deepEqual(said().slice(1), ["cb nc 2", "cb dc 2 peer=1", "cb done 2", "cb log 2", "cb delete 2"]);
});

test("a connection that is held is not read and reaches no upstream until it is resumed", async () => {
  const { plugin, said } = await probed(["trace", "nc ret 1", "tick effective 2", "tick cont 2"]);
  const connection = plugin.connect();
  assert.equal(connection.fromClient("early"), "paused");
  assert.equal(connection.connected, false);
  assert.throws(() => connection.fromUpstream("x"), EmulatorError);
  said();
  plugin.tick();
  assert.equal(connection.connected, true);
  assert.deepEqual(connection.toUpstream, { data: "early", ended: false });
  assert.deepEqual(said().slice(1), ["effective 2: 0", "cont 2: 0", "cb dd 2 eos=0 n=5"]);
});

test("what is held comes again with what follows, and can be read and edited meanwhile", async () => {
  const script = [
    "trace",
    "dd0 ret 1",
    "tick effective 2",
    "tick body 2",
    "tick write 2 0 3 X",
    "tick cont 2",
  ];
  const { plugin, said } = await probed(script);
  const connection = plugin.connect();
  assert.equal(connection.fromClient("abc"), "paused");
  assert.equal(connection.fromClient("def"), "paused");
  assert.deepEqual(said().slice(2), ["cb dd 2 eos=0 n=3", "cb dd 2 eos=0 n=6"]);
  plugin.tick();
  assert.deepEqual(connection.toUpstream, { data: "Xdef", ended: false });
  assert.equal(connection.outcome(), "continue");
  assert.deepEqual(said().slice(2, 4), ["body 2: 0 abcdef", "write 2: 0"]);
});

test("the upstream's direction cannot be resumed, but goes on with what follows", async () => {
  const { plugin, said } = await probed([
    "ud ret 1",
    "tick effective 2",
    "tick cont 3",
    "tick write 3 0 99 X",
  ]);
  const { fromUpstream, toClient } = bound(plugin.connect());
  assert.equal(fromUpstream("abc"), "paused");
  plugin.tick();
  assert.deepEqual(said(), ["effective 2: 0", "cont 3: 12", "write 3: 0"]);
  assert.equal(toClient(), "");
  assert.equal(fromUpstream("def"), "paused");
});

test("each side's data is there in its own turn only", async () => {
  const script = [
    "nc body 2",
    "nc write 2 0 0 x",
    "dd body 2",
    "dd body 3",
    "dd write 3 0 0 x",
    "log body 2",
  ];
  const { plugin, said } = await probed(script);
  const connection = plugin.connect();
  connection.fromClient("abc");
  connection.reset("client");
  assert.deepEqual(said(), [
    "body 2: 0 ",
    "write 2: 2",
    "body 2: 0 abc",
    "body 3: 0 ",
    "write 3: 2",
    "body 2: 0 ",
  ]);
});

for (const side of ["2", "3"]) {
  test(`closing stream ${side} closes both sides once the callback is over, and its data goes nowhere`, async () => {
    const { plugin, said } = await probed(["trace", `dd close ${side}`, "dd body 2"]);
    const connection = plugin.connect();
    assert.equal(connection.fromClient("abc"), "closed");
    assert.deepEqual(connection.toUpstream, { data: "", ended: false });
    assert.deepEqual(said().slice(3), [
      `close ${side}: 0`,
      "body 2: 0 abc",
      "cb dc 2 peer=1",
      "cb done 2",
      "cb log 2",
      "cb delete 2",
    ]);
  });
}

test("what belongs to HTTP does nothing to a connection", async () => {
  const { plugin, said } = await probed(["dd cont 0", "dd close 1", "dd reply 403", "dd size 0"]);
  const connection = plugin.connect();
  assert.equal(connection.fromClient("abc"), "continue");
  assert.deepEqual(said(), ["cont 0: 0", "close 1: 0", "reply 403: 0", "size 0: 2 0"]);
});

test("a connection does not wait for a filter that asks for time when it is done", async () => {
  const { plugin, said } = await probed(["trace", "done ret 0"]);
  plugin.connect().reset("client");
  assert.equal(said().at(-1), "cb delete 2");
});

test("both sides have ended: the connection closes, whatever is held", async () => {
  const { plugin } = await probed(["dd ret 1"]);
  const { connection, fromClient, fromUpstream, toUpstream } = bound(plugin.connect());
  assert.equal(fromClient("held", true), "paused");
  assert.equal(fromUpstream("answer", true), "closed");
  assert.equal(connection.closedBy, "local");
  assert.equal(toUpstream(), "");
});

test("filters meet the client's data in order and the upstream's in reverse", async () => {
  const { plugin, load, emulator } = await probed(["dd write 2 9 0 1", "ud write 3 9 0 1"]);
  const second = load(["dd write 2 9 0 2", "ud write 3 9 0 2"]);
  const { fromClient, fromUpstream, toUpstream, toClient } = bound(
    new Connection([plugin, second], emulator.surroundings),
  );
  fromClient("a");
  fromUpstream("b");
  assert.deepEqual([toUpstream(), toClient()], ["a12", "b21"]);
});

test("a filter sees its own work again where the next one holds data back", async () => {
  const { plugin, load, emulator } = await probed(["dd write 2 0 0 >"]);
  const second = load(["dd0 ret 1"]);
  const { fromClient, toUpstream } = bound(new Connection([plugin, second], emulator.surroundings));
  assert.deepEqual([fromClient("a"), fromClient("b", true)], ["paused", "continue"]);
  assert.equal(toUpstream(), ">>ab");
});

test("a filter behind one that refuses never hears of the connection", async () => {
  const { plugin, load, emulator, said } = await probed(["nc close 2", "nc ret 1"]);
  const second = load(["trace"], { name: "second" });
  said();
  const connection = new Connection([plugin, second], emulator.surroundings);
  assert.equal(connection.closedBy, "local");
  assert.deepEqual(said(), ["close 2: 0"]);
});

test("filter state is shared by a connection's filters", async () => {
  const { plugin, load, emulator, said } = await probed(["nc setprop mark kept"]);
  const second = load(["nc prop mark", "nc prop filter_state.wasm!mark"]);
  const connection = new Connection([plugin, second], emulator.surroundings);
  assert.deepEqual(said(), ["setprop mark: 0", "prop mark: 0 kept", "prop filter_state.wasm!mark: 0 kept"]);
  assert.deepEqual([...connection.filterState], [["wasm.mark", "kept"]]);
});

/** A connection with what a test asks of it at hand. */
function bound(connection: Connection) {
  return {
    connection,
    fromClient: (data: string, end?: boolean) => connection.fromClient(data, end),
    fromUpstream: (data: string, end?: boolean) => connection.fromUpstream(data, end),
    toUpstream: () => connection.toUpstream.data,
    toClient: () => connection.toClient.data,
  };
}

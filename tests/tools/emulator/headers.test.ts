import assert from "node:assert/strict";
import { test } from "node:test";
import type { Header } from "../../../tools/emulator/index.js";
import { get, post, probed, roundTrip } from "./support/probed.js";

const twice: Header[] = [...get, ["X-A", "1"], ["x-b", "2"], ["x-a", "3"]];

test("names arrive in lower case, whatever the client and the guest write", async () => {
  const { plugin, said } = await probed(["rh get 0 X-A", "rh add 0 X-New 1"]);
  const stream = roundTrip(plugin, twice);
  assert.deepEqual(said(), ["get 0 X-A: 0 1", "add 0 X-New: 0"]);
  assert.deepEqual(
    stream.upstream.headers.map(([name]) => name),
    [":authority", ":path", ":method", "x-a", "x-b", "x-a", "x-new"],
  );
});

test("of a repeated header the first value is read, and all of them are pairs", async () => {
  const { plugin, said } = await probed(["rh get 0 x-a", "rh pairs 0"]);
  roundTrip(plugin, twice);
  assert.deepEqual(said(), [
    "get 0 x-a: 0 1",
    "pairs 0: 0 6 [:authority: a.example] [:path: /] [:method: GET] [x-a: 1] [x-b: 2] [x-a: 3]",
  ]);
});

test("replacing a repeated header leaves one, at the end", async () => {
  const { plugin } = await probed(["rh set 0 x-a 9"]);
  assert.deepEqual(roundTrip(plugin, twice).upstream.headers.slice(3), [
    ["x-b", "2"],
    ["x-a", "9"],
  ]);
});

test("removing a header removes all its values, and an absent one without complaint", async () => {
  const { plugin, said } = await probed(["rh del 0 X-A", "rh del 0 none"]);
  assert.deepEqual(roundTrip(plugin, twice).upstream.headers.slice(3), [["x-b", "2"]]);
  assert.deepEqual(said(), ["del 0 X-A: 0", "del 0 none: 0"]);
});

test("a header that Envoy holds once joins further values with a comma; a cookie stays apart", async () => {
  const { plugin, said } = await probed(["rh add 0 accept b", "rh add 0 cookie b=2", "rh get 0 accept"]);
  const stream = roundTrip(plugin, [...get, ["accept", "a"], ["cookie", "a=1"]]);
  assert.equal(said().at(-1), "get 0 accept: 0 a,b");
  assert.deepEqual(stream.upstream.headers.slice(3), [
    ["accept", "a,b"],
    ["cookie", "a=1"],
    ["cookie", "b=2"],
  ]);
});

test("host is another name of :authority", async () => {
  const { plugin, said } = await probed(["rh get 0 Host", "rh set 0 host b.example", "rh get 0 :authority"]);
  roundTrip(plugin);
  assert.deepEqual(said(), ["get 0 Host: 0 a.example", "set 0 host: 0", "get 0 :authority: 0 b.example"]);
});

test("setting all pairs replaces the map", async () => {
  const { plugin } = await probed(["rh setpairs 0 :method=PUT,:path=/x,:authority=b,x-a=1,X-A=2"]);
  assert.deepEqual(roundTrip(plugin).upstream.headers, [
    [":method", "PUT"],
    [":path", "/x"],
    [":authority", "b"],
    ["x-a", "1"],
    ["x-a", "2"],
  ]);
});

test("the size of a map is that of its names and values", async () => {
  const { plugin, said } = await probed(["rh size 0"]);
  roundTrip(plugin);
  assert.deepEqual(said(), [`size 0: 0 ${get.flat().join("").length}`]);
});

test("an absent header is not an empty one", async () => {
  const { plugin, said } = await probed(["rh get 0 x-none", "rh get 0 x-empty"]);
  roundTrip(plugin, [...get, ["x-empty", ""]]);
  assert.deepEqual(said(), ["get 0 x-none: 1 ", "get 0 x-empty: 0 "]);
});

test("bytes that are no UTF-8 pass unchanged", async () => {
  const { plugin, said } = await probed(["rh get 0 x-odd"]);
  const stream = roundTrip(plugin, [...get, ["x-odd", "\xe9\xff"]]);
  assert.deepEqual(said(), ["get 0 x-odd: 0 \\e9\\ff"]);
  assert.deepEqual(stream.upstream.headers.at(-1), ["x-odd", "\xe9\xff"]);
});

test("the request's map is gone after Continue: 2 for every use of it, no pairs, no property", async () => {
  const uses = ["get 0 :path", "add 0 a b", "set 0 a b", "del 0 a", "size 0", "pairs 0", "prop request.path"];
  const { plugin, said } = await probed(uses.map((use) => `rb ${use}`));
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  stream.requestBody("hello", true);
  assert.deepEqual(said(), [
    "get 0 :path: 2 ",
    "add 0 a: 2",
    "set 0 a: 2",
    "del 0 a: 2",
    "size 0: 2 0",
    "pairs 0: 0 ",
    "prop request.path: 1 ",
  ]);
  assert.equal(stream.upstream.body, "hello");
});

test("both maps are back in proxy_on_log, to be read only", async () => {
  const { plugin, said } = await probed([
    "log get 0 :path",
    "log get 2 :status",
    "log prop request.path",
    "log add 0 a b",
  ]);
  roundTrip(plugin).close();
  assert.deepEqual(said(), [
    "get 0 :path: 0 /",
    "get 2 :status: 0 200",
    "prop request.path: 0 /",
    "add 0 a: 2",
  ]);
});

test("a map whose turn has not come is not there", async () => {
  const { plugin, said } = await probed(["rh get 2 :status", "rh get 1 x", "rh pairs 2", "rh get 4 x"]);
  roundTrip(plugin);
  assert.deepEqual(said(), ["get 2 :status: 2 ", "get 1 x: 2 ", "pairs 2: 0 ", "get 4 x: 2 "]);
});

test("trailers are read, changed and passed on in both directions", async () => {
  const { plugin } = await probed(["rt add 1 x-own 1", "rt set 1 x-t 2", "st del 3 x-t", "st add 3 x-own 2"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  stream.requestBody("hello", false);
  stream.requestTrailers([["X-T", "1"]]);
  stream.responseHeaders([[":status", "200"]], false);
  stream.responseBody("bye", false);
  stream.responseTrailers([["x-t", "1"]]);
  assert.deepEqual(stream.upstream.trailers, [
    ["x-own", "1"],
    ["x-t", "2"],
  ]);
  assert.deepEqual(stream.downstream.trailers, [["x-own", "2"]]);
});

test("a response without a status becomes 502", async () => {
  const { plugin } = await probed(["sh del 2 :status"]);
  const { downstream } = roundTrip(plugin);
  assert.deepEqual(downstream.headers[0], [":status", "502"]);
  assert.equal(downstream.body, "missing required header: :status");
});

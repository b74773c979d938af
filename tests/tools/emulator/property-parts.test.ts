import assert from "node:assert/strict";
import { test } from "node:test";
import { get } from "./support/probed.js";
import { agrees, answers, served } from "./support/services.js";

test("what the upstream tells of itself is there once it answered", async () => {
  const paths = [
    ...["upstream.port", "upstream.locality.region", "upstream.num_endpoints", "upstream_filter_state"],
    ...["upstream_filter_state.x", "xds.upstream_host_metadata", "xds.upstream_host_locality_metadata"],
  ];
  const { plugin, said } = await served(
    ["rh", "sh"].flatMap((phase) => paths.map((path) => `${phase} prop ${path}`)).join("\n"),
  );
  const stream = plugin.open({ upstreamPort: 258 });
  stream.requestHeaders(get, true);
  const early = said();
  stream.responseHeaders([[":status", "200"]], true);
  const values = (lines: string[]) => lines.map((line) => line.slice(line.indexOf(": ") + 2));
  const gone = "1 (untouched)";
  assert.deepEqual(values(early), [gone, gone, "0 %01%00%00%00%00%00%00%00", gone, gone, gone, gone]);
  assert.deepEqual(values(said()), [
    ...["0 %02%01%00%00%00%00%00%00", "0 ", "0 %01%00%00%00%00%00%00%00", "3 (untouched)", gone],
    ...["3 (untouched)", "3 (untouched)"],
  ]);
});

test("the upstream's latency is known with the last of its answer", async () => {
  const { plugin, clock, said } = await served(
    ["sh", "sb0", "sb1", "log"].map((phase) => `${phase} prop response.backend_latency`).join("\n"),
  );
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.responseHeaders([[":status", "200"]], false);
  stream.responseBody("a", false);
  clock.advance(1);
  stream.responseBody("b", true);
  clock.advance(1);
  stream.close();
  const [gone, known] = ["1 (untouched)", "0 @B%0f%00%00%00%00%00"];
  assert.deepEqual(
    said(),
    [gone, gone, known, known].map((value) => `prop response.backend_latency: ${value}`),
  );
});

test("metadata are read one by one, by name space and as a whole", async () => {
  const [said, expected] = await agrees(
    `
    prop metadata.filter_metadata.space.text -> 0 t
    prop metadata.filter_metadata.space -> 0 %02%00%00%00%04%00%00%00%01%00%00%00%04%00%00%00%01%00%00%00text%00t%00flag%00%01%00
    prop metadata.filter_metadata.none -> 1 (untouched)
    prop metadata.typed_filter_metadata -> 0 %00%00%00%00
    prop xds.route_metadata.filter_metadata -> 0 %00%00%00%00
    cel metadata.filter_metadata.space.text == 't' -> 0 %01
    cel 'flag' in metadata.filter_metadata['space'] -> 0 %01
    cel metadata.filter_metadata.size() -> 0 %01%00%00%00%00%00%00%00
  `,
    { metadata: { space: { text: "t", flag: true } } },
  );
  assert.deepEqual(said, expected);
});

test("metadata as a whole are a protobuf message", async () => {
  const [said] = await answers("prop metadata", { metadata: { space: { text: "t" } } });
  assert.equal(said, "prop metadata: 0 %0a%16%0a%05space%12%0d%0a%0b%0a%04text%12%03%1a%01t");
});

test("the node shows its parts", async () => {
  assert.deepEqual(
    await answers("prop xds.node.user_agent_name\nprop xds.node.locality\nprop xds.node.locality.zone"),
    [
      "prop xds.node.user_agent_name: 0 envoy",
      "prop xds.node.locality: 0 ",
      "prop xds.node.locality.zone: 0 ",
    ],
  );
});

test("host is another name of a request's authority", async () => {
  assert.deepEqual(await answers("prop request.headers.host"), ["prop request.headers.host: 0 a.example"]);
});

test("buffers out of their turn are empty, except for those that are not there", async () => {
  const types = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const script = ["rh", "tick"].flatMap((phase) => types.map((type) => `${phase} buffer ${type}`)).join("\n");
  const { plugin, said } = await served(script);
  plugin.open().requestHeaders(get, true);
  plugin.tick();
  const each = types.map((type) => `buffer ${type}: ${type === 4 || type === 7 ? "1 (untouched)" : "0 "}`);
  assert.deepEqual(said(), [...each, ...each]);
});

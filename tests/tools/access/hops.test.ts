import assert from "node:assert/strict";
import { after, test } from "node:test";
import { listenersFor, type Part, type Variant } from "./support/listeners.js";

const client = "203.0.113.7";
const allow = [client, "2001:db8::7"];

/** What a client sends in x-forwarded-for: one line, or several. */
const lists: (string | string[])[] = [
  client,
  `${client}, 10.0.0.1`,
  `${client},10.0.0.1 , 10.0.0.2`,
  `10.0.0.3, ${client}, 10.0.0.1, 10.0.0.2`,
  `${client}, 10.0.0.1, 10.0.0.2, 10.0.0.3`,
  `10.0.0.1, ${client}`,
  `10.0.0.1, 10.0.0.2, ${client}`,
  `${client}, ${client}, 10.0.0.1`,
  "2001:db8:0::7, 10.0.0.1",
  `  ${client}  ,10.0.0.1`,
  [client, "10.0.0.1"],
  ["10.0.0.1", client],
  [`10.0.0.3, ${client}`, "10.0.0.1, 10.0.0.2"],
  `${client},,10.0.0.1`,
  `,${client}, 10.0.0.1`,
  "unknown, 10.0.0.1",
  `"${client}", 10.0.0.1`,
  `${client}/32, 10.0.0.1`,
  "10.0.0.1",
  "",
];

const modes = [true, false].flatMap((uses) => [1, 2, 3].map((hops) => ({ uses, hops })));

const listeners = await listenersFor([
  ...modes.flatMap(({ uses, hops }) => pair(allow, uses, hops)),
  ...pair(["127.0.0.1"], true, 1),
]);
after(() => listeners.stop());

/** The filter that counts hops itself, and one that takes the address for which Envoy has counted them. */
function pair(networks: string[], uses: boolean, hops: number): Variant[] {
  const listener = { use_remote_address: uses };
  const counting = { allow: networks, client_address: { xff_num_trusted_hops: hops } };
  return [
    variant(counting, listener),
    variant({ allow: networks }, { ...listener, xff_num_trusted_hops: hops }),
  ];
}

function variant(configuration: object, changes: object): Variant {
  const change = (_: Part, manager: Part) => void Object.assign(manager, changes);
  return { filter: "ip-restriction", configuration, change };
}

modes.forEach(({ uses, hops }, index) => {
  test(`${hops} trusted hops mean the same to us and to an Envoy with use_remote_address: ${uses}`, async () => {
    const [ours, native] = listeners.ports.slice(2 * index) as [number, number];
    const passed = new Set<number>();
    for (const list of lists) {
      const status = await statusOf(ours, list);
      assert.equal(status, await statusOf(native, list), JSON.stringify(list));
      passed.add(status);
    }
    assert.deepEqual([...passed].sort(), [200, 403]);
  });
});

test("a list that says nothing leaves the client unknown, where Envoy takes the connection's address", async () => {
  const [ours, native] = listeners.ports.slice(2 * modes.length) as [number, number];
  for (const list of ["", "unknown", "10.0.0.0/8", "2001:db8::7%eth0"]) {
    assert.equal(await statusOf(ours, list), 403, list);
    assert.equal(await statusOf(native, list), 200, list);
  }
});

test("a port behind an address does not matter, where Envoy finds no address", async () => {
  const [ours, native] = listeners.ports as [number, number];
  for (const list of [`${client}:4711`, "[2001:db8::7]:4711"]) {
    assert.equal(await statusOf(ours, list), 200, list);
    assert.equal(await statusOf(native, list), 403, list);
  }
});

async function statusOf(port: number, list: string | string[]): Promise<number> {
  const headers = [list].flat().map((line): [string, string] => ["x-forwarded-for", line]);
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
  await answer.text();
  return answer.status;
}

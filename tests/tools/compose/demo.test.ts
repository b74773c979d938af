import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { playDemo, trials } from "../../../tools/compose/demo.js";
import { packageRoot } from "../../../tools/package-root.js";

const lines = readFileSync(join(packageRoot, "tools/compose/services/try.txt"), "utf8").trim().split("\n");

async function server(t: TestContext, status: number, body: string): Promise<number> {
  const listening = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  t.after(() => listening.close());
  return (listening.address() as AddressInfo).port;
}

test("the page on compose shows the lines that the demo prints", () => {
  const page = readFileSync(join(packageRoot, "docs/compose.md"), "utf8");
  assert.ok(lines.length >= 4);
  for (const line of lines) assert.ok(page.includes(line), line);
});

test("a line holds a command, the status that comes out, and a text of the answer", () => {
  assert.deepEqual(trials("curl -si http://127.0.0.1:10000/ -H 'a: #1'   # 200, x-a: 1\n"), [
    { command: "curl -si http://127.0.0.1:10000/ -H 'a: #1'", status: "200", text: "x-a: 1" },
  ]);
  assert.throws(() => trials("curl -si http://127.0.0.1:10000/\n"), /no line to try/);
});

test("a line that comes out otherwise than it says is told with what was seen", async (t) => {
  const port = await server(t, 401, "Client authentication failed.\n");
  const results = await playDemo({ requests: port, admin: port });
  assert.deepEqual(
    results.map(({ problem }) => problem),
    [
      "",
      ...["403", "200", "200"].map((status) => `expected status ${status}, saw HTTP/1.1 401 Unauthorized`),
    ],
  );
  const empty = await server(t, 401, "");
  const [first] = await playDemo({ requests: empty, admin: empty });
  assert.equal(first!.problem, 'expected the text "Client authentication failed." in the answer');
});

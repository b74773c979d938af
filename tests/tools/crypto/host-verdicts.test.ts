import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "../../../tools/build/index.js";
import { emulatorHost } from "../../../tools/emulator/index.js";
import { envoyHost } from "../../../tools/envoy/host.js";
import { packageRoot } from "../../../tools/package-root.js";
import type { Host } from "../../../tools/traffic/host.js";
import { deliberate, differenceOf } from "./host-differences.js";
import { judged, type Judged } from "./judged.js";
import { inScope } from "./wycheproof-scope.js";
import { wycheproofFolder } from "./wycheproof.js";

// The library's own verdicts are the host's, on each vector that a host can judge: which of the two a filter asks must not matter.

const found = wycheproofFolder();
const skip = "missing" in found ? found.missing : false;
const vectors = "folder" in found ? found.folder : "";

const folder = mkdtempSync(join(packageRoot, "build", "verdicts-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let wasm = "";
before(async () => {
  const entry = join(packageRoot, "tests/unit/crypto/verdicts.ts");
  wasm = (await build({ entry, outDir: folder })).wasmPath;
});

const withEnvoy = process.env["MESHSCRIPT_NO_ENVOY"] === undefined;

for (const host of [emulatorHost(), ...(withEnvoy ? [envoyHost()] : [])]) {
  describe(`own verdicts and those of ${host.name}`, { skip }, () => {
    let judge: (of: readonly Judged[]) => Promise<string>;
    let logs: () => readonly string[];
    let stop = async (): Promise<void> => {};
    before(async () => ({ judge, logs, stop } = await judgeOn(host)));
    after(() => stop());

    for (const file of [...inScope.pkcs1, ...inScope.ecdsa]) {
      test(`are the same on ${file}`, { timeout: 120_000 }, async () => {
        const all = judged(vectors, file);
        const verdicts = await judge(all);
        assert.equal(verdicts.length, all.length);
        assert.deepEqual(logs(), [], "nobody gives up asking the host");
        assert.deepEqual(
          all.flatMap((one, at) => differenceOf(one, verdicts[at]!)),
          [],
        );
      });
    }

    test("differ where that is deliberate, and only there", { timeout: 120_000 }, async () => {
      const files = readdirSync(vectors).filter((file) => deliberate.some(({ files }) => files.test(file)));
      for (const file of files) {
        const all = judged(vectors, file);
        const valid = (await judge(all)).split("").filter((_, at) => all[at]!.isValid);
        assert.ok(valid.length > 0, file);
        assert.deepEqual([...new Set(valid)], ["2"], `${file}: refused by us, taken by the host`);
      }
      assert.equal(files.length, 3);
    });
  });
}

/** Envoy buffers 1 MiB. */
const batchBytes = 500_000;

async function judgeOn(host: Host): Promise<{
  judge: (of: readonly Judged[]) => Promise<string>;
  logs: () => readonly string[];
  stop: () => Promise<void>;
}> {
  const instance = { name: "verdicts", wasm, rootId: "", configuration: "", environment: {} };
  const options = { allowOnHeadersStopIteration: true };
  const started = await host.start({
    chain: [{ ...instance, options }],
    upstream: { port: 9, protocol: "http1" },
  });
  assert.ok(!started.refused);
  const { running } = started;
  return {
    logs: () => running.logs(),
    stop: () => running.stop(),
    async judge(of) {
      let verdicts = "";
      for (const batch of batches(of)) {
        const body = Buffer.concat(batch.map((one) => one.bytes));
        const answer = await fetch(`http://127.0.0.1:${running.port}/`, { method: "POST", body });
        assert.equal(answer.status, 200, running.logs().join("\n"));
        verdicts += await answer.text();
      }
      return verdicts;
    },
  };
}

function* batches(of: readonly Judged[]): Generator<Judged[]> {
  let [batch, size]: [Judged[], number] = [[], 0];
  for (const one of of) {
    if (size + one.bytes.length > batchBytes) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(one);
    size += one.bytes.length;
  }
  if (batch.length > 0) yield batch;
}

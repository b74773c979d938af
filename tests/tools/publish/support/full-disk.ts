/** Publishes to a small disk until it is full, and says what came of that: `node full-disk.js FOLDER`. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { UserError } from "../../../../tools/errors.js";
import { publish } from "../../../../tools/publish/index.js";

const folder = process.argv[2]!;
const module = process.argv[3]!;

for (let n = 1; ; ++n) {
  writeFileSync(module, `${n}`.repeat(20_000));
  const files = { "ecds/filters/one.yaml": `${n}`, "ecds/envoy.yaml": "bootstrap" };
  const before = namesIn(folder);
  try {
    publish(folder, { files, modules: { [`ecds/modules/one-${n}.wasm`]: module }, lost: [] });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stdout.write(JSON.stringify({ n, message: error.message, same: namesIn(folder) === before }));
    break;
  }
}

function namesIn(place: string): string {
  mkdirSync(place, { recursive: true });
  return readdirSync(place, { recursive: true, encoding: "utf8" }).sort().join();
}

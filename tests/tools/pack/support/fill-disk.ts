import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../../tools/errors.js";
import { layoutOf } from "../../../../tools/pack/layout.js";
import { writeLayout } from "../../../../tools/pack/write.js";
import { demoImage, wasm } from "./images.js";

// Puts a small image on a small disk, and then one in its place for which there is no room.
const folder = process.argv[2]!;
const place = join(folder, "demo.oci");
const name = { name: "demo", tag: "1" };
writeLayout(place, layoutOf(demoImage({ wasm: wasm.subarray(0, 1000) }), name));
const before = content();
try {
  writeLayout(place, layoutOf(demoImage({ wasm: Buffer.concat([wasm, wasm]) }), name));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  const { message, hint } = error;
  process.stdout.write(JSON.stringify({ message, hint, before, after: content() }));
}

function content(): Record<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).sort();
  const texts = names.map((one) => [
    one,
    one.endsWith(".json") ? readFileSync(join(folder, one), "utf8") : "",
  ]);
  return Object.fromEntries(texts);
}

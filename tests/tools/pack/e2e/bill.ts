import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { cycloneDxSchemas } from "./parts/cyclonedx.js";
import type { Proof } from "./proof.js";
import { filter, folderIn, pack, type Stage } from "./stage.js";

export function billProofs(stage: Stage): Proof[] {
  return [
    { name: "the bill of materials is what CycloneDX's published schema asks for", run: () => valid(stage) },
  ];
}

async function valid(stage: Stage): Promise<void> {
  const schemas = await cycloneDxSchemas();
  const out = folderIn(stage, "bill");
  const { code, output } = await pack(["--out", out], out);
  assert.equal(code, 0, output);
  const bill: object = JSON.parse(readFileSync(join(out, `${filter}.cdx.json`), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const [address, part] of Object.entries(schemas.parts)) ajv.addSchema(part, address);
  const isBill = ajv.compile(schemas.bill);
  assert.ok(isBill(bill), ajv.errorsText(isBill.errors));
  assert.ok(!isBill({ ...bill, components: [{ type: "module", name: "x" }] }), "the schema refuses nothing");
}

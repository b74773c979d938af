import assert from "node:assert/strict";
import { UserError } from "../../../../tools/errors.js";
import { parseReference, pushImage } from "../../../../tools/pack/index.js";
import { demoImage } from "../support/images.js";
import { nobody } from "../support/pushing.js";
import type { Proof } from "./proof.js";
import type { Stage } from "./stage.js";

export function deathProofs(stage: Stage): Proof[] {
  return [
    {
      name: "a registry that is killed midway has no tag afterwards, and takes the rest",
      run: () => killed(stage),
    },
  ];
}

async function killed(stage: Stage): Promise<void> {
  const image = demoImage();
  const first = await stage.another("mortal", {});
  const steps: number[] = [];
  const kill = (done: number) => void (steps.push(done) === 3 && process.kill(first.child.pid, "SIGKILL"));
  const reference = parseReference(`${first.host}/filters/demo:1`);
  await assert.rejects(
    pushImage(image, reference, { environment: nobody, progress: kill }),
    (error) => error instanceof UserError && /nobody listens there \(4 tries\)$/.test(error.message),
  );
  const second = await stage.another("mortal", {});
  const tag = () => fetch(`http://${second.host}/v2/filters/demo/manifests/1`, { headers: { accept } });
  assert.equal((await tag()).status, 404);
  await pushImage(image, { ...reference, registry: second.host }, { environment: nobody });
  assert.equal((await tag()).headers.get("docker-content-digest"), image.digest);
}

const accept = "application/vnd.oci.image.manifest.v1+json";

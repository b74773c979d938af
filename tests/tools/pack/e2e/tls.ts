import assert from "node:assert/strict";
import { join } from "node:path";
import { newCertificate } from "./parts/certificate.js";
import type { Proof } from "./proof.js";
import { folderIn, pack, type Stage } from "./stage.js";

export function tlsProofs(stage: Stage): Proof[] {
  return [
    { name: "a registry with TLS takes the image once its certificate is trusted", run: () => tls(stage) },
  ];
}

async function tls(stage: Stage): Promise<void> {
  const folder = folderIn(stage, "tls");
  const { certificate, key } = newCertificate(folder);
  const { host } = await stage.another("tls-registry", { http: { tls: { certificate, key } } });
  // The same machine by a name that is not known to be loopback.
  const image = `127.1:${host.split(":")[1]}/filters/demo:1`;
  const args = ["--out", folder, "--push", image];
  const stranger = await pack(args, folder);
  assert.equal(stranger.code, 1, stranger.output);
  assert.match(stranger.output, /cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT\n.*NODE_EXTRA_CA_CERTS/);
  const trusted = await pack(args, folder, { NODE_EXTRA_CA_CERTS: join(folder, "certificate.pem") });
  assert.equal(trusted.code, 0, trusted.output);
}

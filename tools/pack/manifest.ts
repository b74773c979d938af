import { UserError } from "../errors.js";
import { loginHint } from "./authorize.js";
import { descriptorOf, type Blob } from "./blob.js";
import type { Answer } from "./exchange.js";
import type { Registry } from "./registry.js";

/** Pushes a manifest under a tag, or under its own digest. */
export async function pushManifest(registry: Registry, manifest: Blob, name: string): Promise<Answer> {
  const body = { body: manifest.bytes, contentType: manifest.mediaType };
  const answer = await registry.ask({ method: "PUT", url: `manifests/${name}`, ...body });
  if (answer.status !== 201) throw refusal(registry, "refuses the manifest", answer);
  sameDigest(registry, descriptorOf(manifest).digest, answer);
  return answer;
}

/** What the registry says it has is what was pushed. */
export function sameDigest({ reference }: Registry, ours: string, { headers }: Answer): void {
  const theirs = headers.get("docker-content-digest") ?? ours;
  if (theirs === ours) return;
  throw new UserError(
    `${reference.registry}: has ${theirs} where ${ours} was pushed`,
    "Something between here and there changes what passes.",
  );
}

/** What a registry has said no to. */
export class Refusal extends UserError {
  constructor(
    message: string,
    readonly status: number,
    hint?: string,
  ) {
    super(message, hint);
  }
}

/** A registry's own words are shown as far as they are its documented errors. */
export function refusal(registry: Registry, what: string, { status, body }: Answer): Refusal {
  const { registry: host, repository } = registry.reference;
  const hint = status === 401 || status === 403 ? loginHint(host) : undefined;
  const said = registry.shown(reasons(body));
  return new Refusal(`${host}/${repository}: ${what}: ${status}${said}`, status, hint);
}

function reasons(body: string): string {
  try {
    const { errors } = JSON.parse(body) as { errors: { code?: unknown; message?: unknown }[] };
    return errors.map(({ code, message }) => `, ${String(code)}: ${String(message)}`).join("");
  } catch {
    return "";
  }
}

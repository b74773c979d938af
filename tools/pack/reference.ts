import { UserError } from "../errors.js";
import type { ImageName } from "./layout.js";

/** Where an image goes. */
export interface Reference {
  /** Host, with its port where one is given. */
  registry: string;
  repository: string;
  tag: string;
}

const host = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?`;
const part = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const pushed = new RegExp(`^(${host})/(${part}(?:/${part})*)(?::(.*))?$`);
const named = new RegExp(`^((?:${host}/)?${part}(?:/${part})*)(?::(.*))?$`);
const tagForm = /^\w[\w.-]{0,127}$/;
const example = "For example registry.example/filters/api-key:1.2.0";

/** Reads `registry/repository:tag`; a UserError says what is missing. Docker's short names have no registry. */
export function parseReference(text: string): Reference {
  refuseCredentials(text);
  const [, registry, repository, tag] = pushed.exec(text) ?? [];
  if (!registry || !repository || !/[.:]|^localhost$/.test(registry))
    throw new UserError(`${text}: no registry/repository:tag`, example);
  return { registry, repository, tag: checkedTag(tag, text) };
}

/** Reads `name:tag`, with or without a registry. */
export function parseName(text: string): ImageName {
  refuseCredentials(text);
  const [, name, tag] = named.exec(text) ?? [];
  if (!name) throw new UserError(`${text}: no name:tag, in small letters`, example);
  return { name, tag: checkedTag(tag, text) };
}

function checkedTag(tag: string | undefined, text: string): string {
  if (tag === undefined) throw new UserError(`${text}: has no tag`, `For example ${text}:1.2.0`);
  if (!tagForm.test(tag))
    throw new UserError(`${text}: a tag is up to 128 letters, digits, and ._- after the first`, example);
  return tag;
}

/** Without showing them. */
function refuseCredentials(text: string): void {
  if (!text.includes("@")) return;
  throw new UserError(
    "an image is pushed to registry/repository:tag, without credentials and without a digest",
    "Credentials come from docker login; the digest is what comes out.",
  );
}

/** Where the registry's API is. Loopback registries speak HTTP, all others HTTPS unless they are said not to. */
export function originOf({ registry }: Reference, plainHttp: boolean): string {
  const hub = "docker.io";
  const reached = registry === hub ? `registry-1.${hub}` : registry;
  return `${plainHttp || isLoopback(registry) ? "http" : "https"}://${reached}`;
}

/** Whether a host, with or without port, is this very machine. */
export function isLoopback(registry: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(registry);
}

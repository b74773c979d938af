import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { UserError } from "../errors.js";

/** What `docker login` leaves in docker's configuration, as far as it is about credentials. */
export interface DockerConfig {
  auths?: Record<string, DockerAuth>;
  credHelpers?: Record<string, string>;
  credsStore?: string;
}

export interface DockerAuth {
  /** `user:password` in base64. */
  auth?: string;
  username?: string;
  password?: string;
  identitytoken?: string;
}

/** Empty where there is none. */
export function dockerConfig(environment: NodeJS.ProcessEnv): DockerConfig {
  const path = join(environment["DOCKER_CONFIG"] || join(homedir(), ".docker"), "config.json");
  const text = textOf(path);
  return text === null ? {} : parsed(text, path);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UserError(`${path}: cannot be read`);
  }
}

/** What a parser says of a text shows parts of it, and this text holds passwords. */
function parsed(text: string, path: string): DockerConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new UserError(`${path}: is no JSON object`, "Mend it, or log in again: docker login");
}

/** The entry for a registry, however its key is written: as a host, or as an address. */
export function authIn({ auths }: DockerConfig, registry: string): DockerAuth | undefined {
  const keys = Object.keys(auths ?? {});
  const key =
    keys.find((one) => one === registry) ?? keys.find((one) => hostOf(one) === serverOf(registry).host);
  return key === undefined ? undefined : auths![key];
}

/** Docker keeps its own registry's credentials under an address of old. */
export function serverOf(registry: string): { key: string; host: string } {
  if (registry !== "docker.io") return { key: registry, host: registry };
  return { key: "https://index.docker.io/v1/", host: "index.docker.io" };
}

function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").split("/")[0]!;
}

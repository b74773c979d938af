import { spawnSync } from "node:child_process";
import { UserError } from "../errors.js";
import { authIn, dockerConfig, serverOf, type DockerAuth } from "./docker-config.js";

/** A name with its password, or a token that the registry's own login has given. */
export type Credentials = { username: string; password: string } | { identityToken: string };

const answerWithinMs = 10_000;

/** What `docker login` has kept for a registry, directly or in a credential helper; null where it kept nothing. */
export function credentialsFor(
  registry: string,
  environment: NodeJS.ProcessEnv = process.env,
): Credentials | null {
  const config = dockerConfig(environment);
  const { key } = serverOf(registry);
  const helper = config.credHelpers?.[key] ?? config.credHelpers?.[registry] ?? config.credsStore;
  return (helper ? fromHelper(helper, key, environment) : null) ?? fromFile(authIn(config, registry));
}

/** What must not show in any output. */
export function secretsOf(credentials: Credentials): string[] {
  if ("identityToken" in credentials) return [credentials.identityToken];
  return [credentials.password, pairOf(credentials)];
}

/** Name and password as HTTP's basic scheme and docker's configuration write them. */
export function pairOf({ username, password }: { username: string; password: string }): string {
  return Buffer.from(`${username}:${password}`).toString("base64");
}

function fromFile(entry: DockerAuth | undefined): Credentials | null {
  if (entry?.identitytoken) return { identityToken: entry.identitytoken };
  if (entry?.username && entry.password) return { username: entry.username, password: entry.password };
  const pair = Buffer.from(entry?.auth ?? "", "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon > 0 ? { username: pair.slice(0, colon), password: pair.slice(colon + 1) } : null;
}

/** Helpers are programs called docker-credential-NAME; one that knows nothing says so and ends with an error. */
function fromHelper(helper: string, server: string, environment: NodeJS.ProcessEnv): Credentials | null {
  const program = `docker-credential-${helper}`;
  if (!/^[\w.-]+$/.test(helper)) throw new UserError(`docker's configuration names no helper: ${helper}`);
  const { status, stdout, error } = spawnSync(program, ["get"], {
    input: server,
    env: environment,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
    timeout: answerWithinMs,
  });
  // One that needs not read what it is asked for may be gone before it is told.
  if (status === 0) return fromAnswer(stdout, program);
  return withoutAnswer(program, (error as NodeJS.ErrnoException | undefined)?.code, stdout);
}

function withoutAnswer(program: string, code: string | undefined, said: string | null): null {
  if (code === "ENOENT")
    throw new UserError(
      `docker's configuration wants credentials from ${program}, which is not on PATH`,
      "Install it, or take it out of docker's config.json and log in again.",
    );
  if (code === "ETIMEDOUT")
    throw new UserError(`${program} gave no credentials within ${answerWithinMs / 1000} s`);
  if (/credentials not found/i.test(said ?? "")) return null;
  throw new UserError(`${program} gave no credentials`, `Ask it yourself: ${program} get`);
}

function fromAnswer(said: string, program: string): Credentials {
  let answer: { Username?: unknown; Secret?: unknown } | null;
  try {
    answer = JSON.parse(said);
  } catch {
    answer = null;
  }
  const { Username, Secret } = answer ?? {};
  if (typeof Username !== "string" || typeof Secret !== "string")
    throw new UserError(`${program} answered with something that is no credentials`);
  return Username === "<token>" ? { identityToken: Secret } : { username: Username, password: Secret };
}

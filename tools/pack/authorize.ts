import { UserError } from "../errors.js";
import { parseChallenges, type Challenge } from "./challenge.js";
import { pairOf, type Credentials } from "./credentials.js";
import { exchange, type Request } from "./exchange.js";
import { isLoopback, originOf, type Reference } from "./reference.js";

export interface Asked {
  /** The `www-authenticate` header. */
  header: string;
  reference: Reference;
  credentials: Credentials | null;
  /** The registry is reached without TLS because the user said so. */
  plainHttp: boolean;
  timeoutMs: number;
}

/** The `authorization` header that answers a challenge; a UserError where there is nothing to answer it with. */
export async function authorization(asked: Asked): Promise<string> {
  const challenges = parseChallenges(asked.header);
  const bearer = challenges.find(({ scheme }) => scheme === "bearer");
  if (bearer) return `Bearer ${await token(bearer, asked)}`;
  const { credentials, reference } = asked;
  const isBasic = challenges.some(({ scheme }) => scheme === "basic");
  if (isBasic && credentials && "username" in credentials) return `Basic ${pairOf(credentials)}`;
  const { registry } = reference;
  if (!isBasic) throw new UserError(`${registry}: asks for credentials in a way that is not known here`);
  throw new UserError(`${registry}: asks for credentials, and there are none`, loginHint(registry));
}

export function loginHint(registry: string): string {
  return `Log in: docker login ${registry}`;
}

/** The token flow of the distribution specification. */
async function token({ parameters }: Challenge, asked: Asked): Promise<string> {
  const { registry } = asked.reference;
  const realm = realmOf(parameters["realm"], asked);
  const answer = await exchange(tokenRequest(realm, parameters, asked), asked.timeoutMs);
  if (answer.status === 401 || answer.status === 403)
    throw new UserError(
      `${registry}: ${realm.host} does not take the credentials (${answer.status})`,
      loginHint(registry),
    );
  if (answer.status !== 200)
    throw new UserError(`${registry}: ${realm.host} gave no token: ${answer.status}`);
  return tokenIn(answer.body, `${registry}: ${realm.host}`);
}

function tokenRequest(realm: URL, parameters: Record<string, string>, { credentials }: Asked): Request {
  const asked = ["service", "scope"].flatMap((name) =>
    parameters[name] ? [[name, parameters[name]] as const] : [],
  );
  if (credentials && "identityToken" in credentials) {
    const grant = { grant_type: "refresh_token", refresh_token: credentials.identityToken };
    const body = new URLSearchParams({ ...grant, client_id: "meshscript", ...Object.fromEntries(asked) });
    return { method: "POST", url: realm, body };
  }
  for (const [name, value] of asked) realm.searchParams.set(name, value);
  const headers: Record<string, string> = credentials
    ? { authorization: `Basic ${pairOf(credentials)}` }
    : {};
  return { method: "GET", url: realm, headers };
}

/** What a parser says of a text shows parts of it, and this text is a secret. */
function tokenIn(body: string, who: string): string {
  let given: { token?: unknown; access_token?: unknown } | null;
  try {
    given = JSON.parse(body);
  } catch {
    given = null;
  }
  const found = given?.token || given?.access_token;
  if (typeof found === "string" && /^[\x21-\x7e]+$/.test(found)) return found;
  throw new UserError(`${who} answered without a token`);
}

/** Credentials go to no address that anybody on the way could read. */
function realmOf(text: string | undefined, { reference, plainHttp }: Asked): URL {
  const realm = URL.canParse(text ?? "") ? new URL(text!) : null;
  const own = new URL(originOf(reference, plainHttp));
  const mayBePlain = realm && (isLoopback(realm.hostname) || (plainHttp && realm.hostname === own.hostname));
  if (realm?.protocol === "https:" || (realm?.protocol === "http:" && mayBePlain)) return realm;
  throw new UserError(
    `${reference.registry}: wants credentials sent to ${text ?? "nowhere"}, which is no https address`,
  );
}

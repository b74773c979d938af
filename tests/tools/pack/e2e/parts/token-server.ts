import { createSign, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { newCertificate } from "./certificate.js";

type Pair = [string, string];

export interface TokenServer {
  /** For the registry's `auth.token`. */
  configuration: object;
  end(): void;
}

/** A server as a registry's documentation asks for it: it gives who has that login a token for what is asked. */
export async function tokenServer(folder: string, login: string): Promise<TokenServer> {
  const made = newCertificate(folder);
  const [key, certificate] = [made.key, made.certificate].map((path) => readFileSync(path, "utf8")) as Pair;
  const basic = `Basic ${Buffer.from(login).toString("base64")}`;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { searchParams } = new URL(request.url!, "http://tokens");
    const given = request.headers.authorization;
    if (given && given !== basic) return void response.writeHead(401).end();
    const token = signed(key, certificate, claims(searchParams, given === basic));
    response.end(JSON.stringify({ token }));
  };
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const realm = `http://127.0.0.1:${port}/token`;
  const configuration = { realm, service: "filters", issuer: "tests", rootcertbundle: made.certificate };
  return { configuration, end: () => void server.close().closeAllConnections() };
}

/** Strangers may do nothing. */
function claims(asked: URLSearchParams, isKnown: boolean): object {
  const now = Math.floor(Date.now() / 1000);
  const access = asked.getAll("scope").map((scope) => {
    const [type, name, actions] = scope.split(":");
    return { type, name, actions: isKnown ? actions!.split(",") : [] };
  });
  const times = { iat: now, nbf: now - 5, exp: now + 300 };
  return { iss: "tests", sub: "ci", aud: asked.get("service"), jti: randomUUID(), ...times, access };
}

/** A JSON web token that brings its certificate along. */
function signed(key: string, certificate: string, payload: object): string {
  const x5c = [certificate.replace(/-----[^-]+-----|\s/g, "")];
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${part({ typ: "JWT", alg: "RS256", x5c })}.${part(payload)}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key, "base64url")}`;
}

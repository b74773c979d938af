import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

export interface Seen {
  method: string;
  /** Below the repository's API for its own requests, else whole. */
  path: string;
  authorization: string | undefined;
}

export interface TestRegistry {
  /** `127.0.0.1:port`. */
  host: string;
  blobs: Map<string, Buffer>;
  /** By tag and by digest. */
  manifests: Map<string, Buffer>;
  seen: Seen[];
  /** What a test does in place of the registry: it has answered where it gives true. */
  fault: (request: IncomingMessage, response: ServerResponse, seen: Seen) => boolean | Promise<boolean>;
  /** Where an upload goes on; relative, as many registries say it. */
  uploadPlace: (path: string) => string;
  /** Whether it keeps lists of what is attached to an image. */
  knowsReferrers: boolean;
}

/** A registry of `filters/demo`, in memory, over a real socket; gone after the test. */
export async function testRegistry(t: TestContext): Promise<TestRegistry> {
  const registry: TestRegistry = {
    host: "",
    blobs: new Map(),
    manifests: new Map(),
    seen: [],
    fault: () => false,
    uploadPlace: (path) => path,
    knowsReferrers: true,
  };
  registry.host = await listening(t, (request, response) => void answer(registry, request, response));
  return registry;
}

/** A server on loopback; gives its host and port. */
export async function listening(
  t: TestContext,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => void (server.closeAllConnections(), server.close()));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const base = "/v2/filters/demo/";

async function answer(registry: TestRegistry, request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(request.url!, "http://registry");
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname;
  const seen = { method: request.method!, path, authorization: request.headers.authorization };
  registry.seen.push(seen);
  if (await registry.fault(request, response, seen)) return;
  const body = await bodyOf(request);
  const [kind, name = ""] = path.split("/");
  if (kind === "manifests") return void manifest(registry, name, request, response, body);
  if (seen.method === "HEAD") return void response.writeHead(registry.blobs.has(name) ? 200 : 404).end();
  if (seen.method === "POST")
    return void response.writeHead(202, { location: registry.uploadPlace(`${base}blobs/uploads/1`) }).end();
  const digest = searchParams.get("digest") ?? "";
  if (digestOf(body) !== digest) return refuse(response, 400, "DIGEST_INVALID");
  registry.blobs.set(digest, body);
  response.writeHead(201).end();
}

function manifest(
  { manifests, blobs, knowsReferrers }: TestRegistry,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  if (request.method === "GET")
    return void response.writeHead(manifests.has(name) ? 200 : 404).end(manifests.get(name));
  const { config, layers = [], manifests: listed = [], subject } = JSON.parse(body.toString());
  const needed = [config, ...layers].filter(Boolean).map(({ digest }: { digest: string }) => digest);
  const lacks = needed.find((digest) => !blobs.has(digest));
  const unlisted = listed.find(({ digest }: { digest: string }) => !manifests.has(digest));
  if (lacks || unlisted) return refuse(response, 400, "MANIFEST_BLOB_UNKNOWN");
  const digest = digestOf(body);
  if (name.startsWith("sha256:") && name !== digest) return refuse(response, 400, "DIGEST_INVALID");
  manifests.set(name, body).set(digest, body);
  const referrers = subject && knowsReferrers ? { "oci-subject": subject.digest } : {};
  response.writeHead(201, { "docker-content-digest": digest, ...referrers }).end();
}

/** As the distribution specification writes errors. */
export function refuse(response: ServerResponse, status: number, code: string, message = "no"): void {
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ errors: [{ code, message }] }));
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

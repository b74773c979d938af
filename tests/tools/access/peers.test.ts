import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { after, test } from "node:test";
import { packageRoot } from "../../../tools/package-root.js";
import { listenersFor, type Part } from "./support/listeners.js";

const tlsContext = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";
const rbac = "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC";
const billing = "spiffe://test.example/ns/shop/sa/billing";

/** What a rule wants a certificate to say; null: any certificate will do. By path. */
const wanted: Record<string, object | null> = {
  "/any": null,
  "/uri": { exact: billing },
  "/uri-prefix": { prefix: "spiffe://test.example/" },
  "/dns": { exact: "reports.test.example" },
  "/second": { exact: "billing.test.example" },
  "/subject": { exact: "CN=plain,O=meshscript test" },
};

/** Which paths each client may reach. */
const allowed: Record<string, string[]> = {
  billing: ["/any", "/uri", "/uri-prefix", "/second"],
  reports: ["/any", "/dns"],
  plain: ["/any", "/subject"],
  nobody: [],
};

const authenticated = (name: object | null): object => ({
  authenticated: name === null ? {} : { principal_name: name },
});

const rules = Object.entries(wanted).map(([path, name]) => ({
  name: path.slice(1),
  permissions: [{ path }],
  principals: [authenticated(name)],
}));

const open = { rules: [{ name: "all", permissions: [{ any: true }], principals: [{ any: true }] }] };

const listeners = await listenersFor([
  { filter: "authz", configuration: { rules }, change: (chain) => withTls(chain, "VERIFY_TRUST_CHAIN") },
  { filter: "authz", configuration: open, change: withNative },
  { filter: "authz", configuration: { rules }, change: (chain) => withTls(chain, "ACCEPT_UNTRUSTED") },
]);
after(() => listeners.stop());
const [verified, native, unverified] = listeners.ports as [number, number, number];

// Where no name is asked for, Envoy's own filter is content with TLS, and ours wants a certificate.
for (const [client, paths] of Object.entries(allowed)) {
  test(`a client with the certificate of ${client} reaches what its rules allow, as with Envoy's own filter`, async () => {
    for (const path of Object.keys(wanted)) {
      const status = paths.includes(path) ? 200 : 403;
      assert.equal(await statusOf(verified, path, client), status, path);
      const anyTls = client === "nobody" && path === "/any";
      assert.equal(await statusOf(native, path, client), anyTls ? 200 : status, `${path}, Envoy's own`);
    }
  });
}

test("a certificate that nobody trusts opens no connection", async () => {
  await assert.rejects(statusOf(verified, "/uri", "stranger"));
});

test("where the listener accepts certificates that nobody trusts, their names are believed", async () => {
  assert.equal(await statusOf(unverified, "/uri", "stranger"), 200);
});

test("a refused client never reaches the upstream", () => {
  const reached = listeners.upstream.seen.map(({ url }) => url).sort();
  const expected = Object.values(allowed).flatMap((paths) => [...paths, ...paths]);
  assert.deepEqual(reached, [...expected, "/any", "/uri"].sort());
});

function pem(name: string): string {
  return readFileSync(join(packageRoot, "tests/fixtures/tls", `${name}.pem`), "utf8");
}

function withTls(chain: Part, trust: string): void {
  const inline_string = pem("server");
  chain.transport_socket = {
    name: "envoy.transport_sockets.tls",
    typed_config: {
      "@type": tlsContext,
      common_tls_context: {
        tls_certificates: [{ certificate_chain: { inline_string }, private_key: { inline_string } }],
        validation_context: {
          trusted_ca: { inline_string: pem("authority") },
          trust_chain_verification: trust,
        },
      },
    },
  };
}

/** Envoy's own filter does the same in front of ours, which lets everything pass. */
function withNative(chain: Part, manager: Part): void {
  withTls(chain, "VERIFY_TRUST_CHAIN");
  const policies = Object.entries(wanted).map(([path, name]) => [
    path.slice(1),
    { permissions: [{ url_path: { path: { exact: path } } }], principals: [authenticated(name)] },
  ]);
  const config = { "@type": rbac, rules: { action: "ALLOW", policies: Object.fromEntries(policies) } };
  manager.http_filters.unshift({ name: "envoy.filters.http.rbac", typed_config: config });
}

function statusOf(port: number, path: string, client: string): Promise<number | undefined> {
  const own = client === "nobody" ? {} : { cert: pem(client), key: pem(client) };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, ca: pem("authority"), agent: false, ...own });
    sent.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject);
    sent.setTimeout(5000, () => sent.destroy(new Error("no answer")));
    sent.end();
  });
}

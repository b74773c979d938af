import assert from "node:assert/strict";
import { test } from "node:test";
import { get, probed } from "./support/probed.js";

const commands = [
  "rh prop source.address",
  "rh prop connection.mtls",
  "rh prop connection.uri_san_peer_certificate",
  "rh prop connection.dns_san_peer_certificate",
  "rh prop connection.subject_peer_certificate",
];

test("an address of IPv6 stands in brackets in front of its port", async () => {
  const { plugin, said } = await probed(commands.slice(0, 1));
  plugin.open({ sourceAddress: "2001:db8::7", sourcePort: 4711 }).requestHeaders(get, true);
  assert.deepEqual(said(), ["prop source.address: 0 [2001:db8::7]:4711"]);
});

test("what a client's certificate says is there where it has shown one", async () => {
  const { plugin, said } = await probed(commands.slice(1));
  const shown = { uriSanPeerCertificate: "spiffe://td/x", subjectPeerCertificate: "CN=x" };
  plugin.open(shown).requestHeaders(get, true);
  assert.deepEqual(said(), [
    "prop connection.mtls: 0 \\01",
    "prop connection.uri_san_peer_certificate: 0 spiffe://td/x",
    "prop connection.dns_san_peer_certificate: 1 ",
    "prop connection.subject_peer_certificate: 0 CN=x",
  ]);
});

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { meshscript } from "../cli/support/command.js";
import { hello, project } from "../cli/support/project.js";
import { UsageError } from "../../../tools/cli/exit.js";
import { pack, type PackOptions } from "../../../tools/cli/pack.js";
import { digestOf } from "../../../tools/pack/blob.js";
import { folderFor } from "./support/images.js";
import { listening, refuse, testRegistry } from "./support/registry.js";

const files = {
  ...hello,
  "package.json": JSON.stringify({ version: "1.2.0", license: "MIT", repository: "github:me/filters" }),
};

interface Layout {
  index: { manifests: { digest: string; annotations: Record<string, string> }[] };
  manifest: { annotations: Record<string, string>; layers: { digest: string }[] };
  wasm: Buffer;
}

function layoutIn(folder: string): Layout {
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  const blob = (digest: string) => readFileSync(join(folder, "blobs", ...digest.split(":")));
  const manifest = JSON.parse(blob(index.manifests[0].digest).toString());
  return { index, manifest, wasm: blob(manifest.layers.at(-1).digest) };
}

test("pack writes a layout and a bill of materials, and says how meshes name the image", async (t) => {
  const folder = project(t, files);
  const { code, stdout, stderr } = await meshscript(["pack", "hello", "--variant", "oci", "--tar"], folder);
  assert.equal(code, 0, stderr);
  const { index, manifest, wasm } = layoutIn(join(folder, "build", "hello.oci"));
  const [{ digest, annotations }] = index.manifests as [Layout["index"]["manifests"][0]];
  assert.equal(annotations["io.containerd.image.name"], "hello:1.2.0");
  assert.deepEqual(manifest.annotations, {
    "org.opencontainers.image.title": "hello",
    "org.opencontainers.image.description": "Greets.",
    "org.opencontainers.image.version": "1.2.0",
    "org.opencontainers.image.licenses": "MIT",
    "org.opencontainers.image.source": "https://github.com/me/filters",
  });
  assert.ok(wasm.equals(readFileSync(join(folder, "build", "hello.wasm"))));
  assert.ok(existsSync(join(folder, "build", "hello.oci.tar")));
  assert.deepEqual(stdout.split("\n").slice(1), [
    `digest: ${digest}`,
    `oci://REGISTRY/hello@${digest}`,
    "In mesh.yaml:",
    "    image: REGISTRY/hello:1.2.0",
    `    sha256: ${digest.slice("sha256:".length)}`,
    "",
  ]);
  assert.match(stdout, /^build\/hello\.oci {2}\d+ bytes, bill of materials in build\/hello\.cdx\.json\n/);
});

test("the bill lists the module, the packages it is made with, and the author's files", async (t) => {
  const folder = project(t, files);
  await meshscript(["pack", "hello"], folder);
  const bill = JSON.parse(readFileSync(join(folder, "build", "hello.cdx.json"), "utf8"));
  const hashOf = (path: string) => digestOf(readFileSync(join(folder, path))).slice("sha256:".length);
  const { component } = bill.metadata;
  assert.deepEqual([component.name, component.version], ["hello", "1.2.0"]);
  assert.deepEqual(component.hashes, [{ alg: "SHA-256", content: hashOf("build/hello.wasm") }]);
  const names = bill.components.map(({ purl, name }: { purl?: string; name: string }) => purl ?? name);
  assert.match(names[0], /^pkg:npm\/meshscript@\d/);
  assert.match(names[1], /^pkg:npm\/assemblyscript@\d/);
  assert.deepEqual(names.slice(2), ["filters/hello/filter.ts"]);
  assert.equal(bill.components[2].hashes[0].content, hashOf("filters/hello/filter.ts"));
});

test("equal sources give equal images, in whichever folder, at whichever time", async (t) => {
  const folders = [project(t, files), project(t, files)];
  // One may come from the cache; the other is compiled anew.
  const environments = [{}, { MESHSCRIPT_CACHE: folderFor(t), TZ: "Asia/Tokyo" }];
  for (const [at, folder] of folders.entries()) {
    const { code, stderr } = await meshscript(["pack", "hello", "--tar"], folder, environments[at]);
    assert.equal(code, 0, stderr);
  }
  const [one, two] = folders.map((folder) => readFileSync(join(folder, "build", "hello.oci.tar")));
  assert.ok(one!.equals(two!));
  const wasm = readFileSync(join(folders[0]!, "build", "hello.wasm"));
  assert.ok(!wasm.includes(folders[0]!));
});

test("--push brings the image to the registry, and says what to write in mesh.yaml", async (t) => {
  const registry = await testRegistry(t);
  const folder = project(t, files);
  const image = `${registry.host}/filters/demo:2.0.0`;
  const { code, stdout, stderr } = await meshscript(["pack", "hello", "--push", image], folder, {
    DOCKER_CONFIG: folder,
  });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, `Pushing to ${image}\n`);
  const digest = digestOf(registry.manifests.get("2.0.0")!);
  assert.match(stdout, new RegExp(`^oci://${registry.host}/filters/demo@${digest}$`, "m"));
  assert.match(stdout, new RegExp(`^ {4}image: ${image}$`, "m"));
});

test("a push that is refused is exit code 1 and one clear message that holds no secret", async (t) => {
  const host = await listening(t, (request, response) => {
    if (!request.headers.authorization) response.setHeader("www-authenticate", "Basic");
    refuse(response, 401, "UNAUTHORIZED", request.headers.authorization ?? "");
  });
  const login = folderFor(t);
  const auth = Buffer.from("ci:s3cret").toString("base64");
  writeFileSync(join(login, "config.json"), JSON.stringify({ auths: { [host]: { auth } } }));
  const folder = project(t, files);
  const { code, stdout, stderr } = await meshscript(["pack", "hello", "--push", `${host}/hello:1`], folder, {
    DOCKER_CONFIG: login,
  });
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(
    stderr,
    /^error: .*: begins no upload: 401, UNAUTHORIZED: Basic \*\*\*\nLog in: docker login/m,
  );
  assert.ok(!stderr.includes("s3cret") && !stderr.includes(auth));
});

test("a folder that is something else is not replaced", async (t) => {
  const folder = project(t, { ...files, "build/hello.oci/notes.txt": "mine" });
  const { code, stderr } = await meshscript(["pack", "hello"], folder);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /build\/hello\.oci: is there already, and is no image\nRemove it, or name another --out\./,
  );
  assert.deepEqual(readdirSync(join(folder, "build", "hello.oci")), ["notes.txt"]);
});

test("a module for a host that forbids metrics is built without them", async (t) => {
  const folder = project(t, files);
  const { code, stderr } = await meshscript(["pack", "hello", "--target", "gcp", "--variant", "oci"], folder);
  assert.equal(code, 0, stderr);
  const built = join(folder, "build", "no-metrics-no-log-level", "hello.wasm");
  assert.ok(layoutIn(join(folder, "build", "hello.oci")).wasm.equals(readFileSync(built)));
});

test("what is wrong on the command line is exit code 2, one message, and nothing written", async (t) => {
  const folder = project(t, files);
  const { code, stdout, stderr } = await meshscript(["pack", "hello", "--variant", "docker"], folder);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.equal(stderr, 'error: --variant: no form "docker"\nForms: compat, oci.\n');
  assert.ok(!existsSync(join(folder, "build")));
});

const wrongUses: [filters: string[], options: Partial<PackOptions>, said: RegExp][] = [
  [["no-such-filter"], {}, /no filter "no-such-filter"/],
  [["api-key"], { target: "nginx" }, /no target "nginx"/],
  [["api-key"], { tag: "Hello:1" }, /Hello:1: no name:tag, in small letters/],
  [["api-key"], { tag: "hello" }, /hello: has no tag/],
  [["api-key"], { push: "hello:1" }, /hello:1: no registry\/repository:tag/],
  [["api-key"], { push: "registry.example/hello" }, /has no tag/],
  [["api-key"], { plainHttp: true }, /--plain-http is about --push/],
  [["api-key", "headers"], { push: "registry.example/a:1" }, /pack one filter at a time/],
  [["api-key", "filters/api-key"], {}, /two filters are called api-key/],
];

for (const [filters, options, said] of wrongUses) {
  test(`packing ${filters.join(" and ")} with ${JSON.stringify(options)} is wrong use`, async () => {
    const all = { out: "/dev/null/nowhere", variant: "compat", ...options };
    await assert.rejects(pack(filters, all), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, said);
      return true;
    });
  });
}

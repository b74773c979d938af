import assert from "node:assert/strict";
import { test } from "node:test";
import { attachedDescriptor } from "../../../tools/pack/image.js";
import { demoImage } from "./support/images.js";
import { pushed } from "./support/pushing.js";
import { listening, testRegistry } from "./support/registry.js";

const image = demoImage();

test("an image arrives whole, with its bill of materials, and its tag last", async (t) => {
  const registry = await testRegistry(t);
  const progress: string[] = [];
  const outcome = await pushed(registry.host, {
    progress: (done, all) => void progress.push(`${done}/${all}`),
  });
  assert.deepEqual(outcome, { message: "", hint: "", told: [] });
  assert.ok(registry.manifests.get("1.0.0")!.equals(image.manifest.bytes));
  assert.ok(registry.manifests.get(attachedDescriptor(image).digest)!.equals(image.attached.bytes));
  assert.equal(registry.blobs.size, 4);
  assert.equal(registry.seen.at(-1)!.path, "manifests/1.0.0");
  assert.deepEqual(progress, ["0/7", "1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7"]);
});

test("what is there already is not sent again", async (t) => {
  const registry = await testRegistry(t);
  await pushed(registry.host);
  registry.seen.length = 0;
  assert.equal((await pushed(registry.host)).message, "");
  assert.deepEqual(
    registry.seen.filter(({ method }) => method === "POST"),
    [],
  );
});

test("a registry that keeps no lists of attached artifacts gets one, with what others have attached", async (t) => {
  const registry = await testRegistry(t);
  registry.knowsReferrers = false;
  const tag = image.digest.replace(":", "-");
  const other = { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: "sha256:0", size: 2 };
  registry.manifests.set(other.digest, Buffer.from("{}"));
  registry.manifests.set(tag, Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [other] })));
  for (let times = 0; times < 2; times++) assert.equal((await pushed(registry.host)).message, "");
  const { manifests } = JSON.parse(registry.manifests.get(tag)!.toString());
  assert.deepEqual(manifests, [other, attachedDescriptor(image)]);
});

test("a registry that takes no attached artifacts still gets the image, and the user is told", async (t) => {
  const registry = await testRegistry(t);
  registry.fault = (_, response, { path }) => {
    if (path !== `manifests/${attachedDescriptor(image).digest}`) return false;
    response.writeHead(400).end();
    return true;
  };
  const { message, told } = await pushed(registry.host);
  assert.equal(message, "");
  assert.match(told.join(), /refuses the manifest: 400; so the bill of materials is not attached there/);
  assert.ok(registry.manifests.has("1.0.0"));
});

const places: Record<string, (host: string) => (path: string) => string> = {
  "a path": () => (path) => path,
  "a whole address": (host) => (path) => `http://${host}${path}`,
  "an address with a state of its own, which stays as it is": () => (path) =>
    `${path}?_state=a%2Fb~c+d&x="'()`,
};

for (const [form, placed] of Object.entries(places)) {
  test(`an upload goes on where the registry says: ${form}`, async (t) => {
    const registry = await testRegistry(t);
    const urls: string[] = [];
    registry.uploadPlace = placed(registry.host);
    registry.fault = ({ url, method }) => {
      if (method === "PUT") urls.push(url!);
      return false;
    };
    assert.equal((await pushed(registry.host)).message, "");
    if (form.includes("state")) assert.match(urls[0]!, /\?_state=a%2Fb~c\+d&x=.*&digest=sha256%3A/);
  });
}

test("an upload may go on at another host", async (t) => {
  const registry = await testRegistry(t);
  const storage = await testRegistry(t);
  registry.uploadPlace = (path) => `http://${storage.host}${path}`;
  registry.fault = (request, response, { method }) => {
    if (method !== "HEAD") return false;
    const digest = request.url!.split("/").at(-1)!;
    response.writeHead(storage.blobs.has(digest) ? 200 : 404).end();
    return true;
  };
  await pushed(registry.host);
  assert.equal(storage.blobs.size, 4);
});

test("blobs that are looked for are looked for where the registry sends us", async (t) => {
  const registry = await testRegistry(t);
  const mirror = await listening(t, (_, response) => void response.writeHead(200).end());
  registry.fault = (_, response, { method, path }) => {
    if (method !== "HEAD") return false;
    response.writeHead(307, { location: `http://${mirror}/${path}` }).end();
    return true;
  };
  await pushed(registry.host);
  assert.deepEqual(
    registry.seen.filter(({ method }) => method === "POST"),
    [],
  );
});

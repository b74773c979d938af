import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayOf } from "../../../tools/compose/reach.js";
import { fakeDocker } from "./support/fake-docker.js";

function gateway(address: string): Promise<string> {
  const { environment } = fakeDocker({ "'network inspect '*": `echo ${address}` });
  return gatewayOf({ program: "docker", environment }, "shop_mesh");
}

test("containers reach this machine at their network's gateway", async () => {
  assert.equal(await gateway("127.0.0.1"), "127.0.0.1");
});

test("an engine whose gateway is another machine cannot play traffic, and that is said", async () => {
  await assert.rejects(gateway("192.0.2.1"), {
    message:
      "containers reach another machine at 192.0.2.1: the engine runs in a virtual machine or far away",
  });
});

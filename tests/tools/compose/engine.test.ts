import assert from "node:assert/strict";
import { test } from "node:test";
import { findEngine } from "../../../tools/compose/engine/engine.js";
import { fakeDocker } from "./support/fake-docker.js";
import { listener, nothingToEnd } from "./support/listener.js";

const none = () => fakeDocker({ "version*": "echo Cannot connect >&2; exit 1" });

function find(environment: NodeJS.ProcessEnv, platform = "linux", isRoot = false) {
  return findEngine(nothingToEnd, listener().tell, { environment, platform, isRoot });
}

test("takes the engine that docker reaches, and does not count it as its own", async () => {
  const { environment } = fakeDocker({ "version*": "echo 28.1.0" });
  const engine = await find(environment, "linux", true);
  assert.deepEqual(engine, { docker: { program: "docker", environment }, version: "28.1.0", own: false });
});

test("starts none where it may not, and says why and what to do", async () => {
  const { environment } = none();
  await assert.rejects(find(environment), {
    name: "UserError",
    message: "no docker engine answers, and one can be started only by root",
    hint: "Start Docker's service, or set DOCKER_HOST.",
  });
  await assert.rejects(find(environment, "darwin", true), /only on Linux/);
});

test("starts none where DOCKER_HOST names one that does not answer", async () => {
  const environment = { ...none().environment, DOCKER_HOST: "tcp://127.0.0.1:1" };
  await assert.rejects(find(environment, "darwin"), /no docker engine answers at tcp:\/\/127\.0\.0\.1:1/);
});

test("counts a machine without docker's command as one without an engine", async () => {
  await assert.rejects(find({ PATH: "/nowhere" }), /no docker engine answers/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "../../../tools/compose/project.js";
import { fakeDocker, type FakeDocker } from "./support/fake-docker.js";

const general = "compose --project-name shop --progress quiet";
const file = "-f compose.yaml";

function of({ environment }: FakeDocker) {
  // The package looks the program up on this process's own PATH.
  const program = `${environment.PATH!.split(":")[0]}/docker`;
  return project({ name: "shop", compose: { program, leading: ["compose"] }, environment });
}

test("starts the services of compose.yaml and waits until they are healthy", async () => {
  const docker = fakeDocker({ "*up*": 'echo "$ENVOY_PORT" >> "$HOME/calls"' });
  await of(docker).up({ ENVOY_PORT: "12000" });
  assert.deepEqual(docker.calls(), [`${general} ${file} up --wait -d`, "12000"]);
});

test("says what docker compose said where the services do not start", async () => {
  const docker = fakeDocker({
    "*up*": "echo 'Pulling'; echo 'bind source path does not exist: /x/build' >&2; exit 14",
  });
  await assert.rejects(of(docker).up(), {
    message: "docker compose up failed: bind source path does not exist: /x/build",
  });
});

test("runs a container of a service under a name, hands on what it says, and gives its exit code", async () => {
  const docker = fakeDocker({ "*run*": "echo out; echo err >&2; exit 3" });
  let said = "";
  const code = await of(docker).run({
    service: "envoy",
    name: "shop-1",
    command: ["-c", "/etc/envoy/envoy.yaml"],
    variables: {},
    onOutput: (text) => void (said += text),
  });
  assert.equal(code, 3);
  assert.deepEqual(said.trim().split("\n").sort(), ["err", "out"]);
  assert.deepEqual(docker.calls(), [
    `${general} ${file} run --rm --no-deps --service-ports --name shop-1 -T envoy -c /etc/envoy/envoy.yaml`,
  ]);
});

test("removes containers, network and volumes at once, and complains where that fails", () => {
  const docker = fakeDocker();
  of(docker).down();
  assert.deepEqual(docker.calls(), [`${general} ${file} down --volumes --remove-orphans --timeout 1`]);
  const broken = fakeDocker({ "*down*": "echo 'network has active endpoints' >&2; exit 1" });
  assert.throws(() => of(broken).down(), /docker compose down failed: network has active endpoints/);
});

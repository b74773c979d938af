/** Starts Envoy, tells its id, and ends in the way that its arguments ask for: what is left then is the question. */
import { generateBootstrap } from "../../../../tools/envoy/bootstrap.js";
import { needEnvoy } from "../../../../tools/envoy/find.js";
import { startEnvoy } from "../../../../tools/envoy/process.js";
import { optionsWith } from "./plugins.js";

const ending = process.argv[2];
const ports = { listen: { port: 0 }, admin: { port: 0 } };
const bootstrap = generateBootstrap(optionsWith({ chain: [], ...ports }));
const start = await startEnvoy({ binary: (await needEnvoy()).path, bootstrap });
if (!start.ready) throw new Error("Envoy did not start");
if (ending === "own handler") process.on("SIGINT", () => void stopByOurselves());
process.stdout.write(`${start.envoy.pid}\n`);
setTimeout(() => process.exit(9), 60_000);
if (ending === "exit") process.exit(0);
if (ending === "throw")
  setImmediate(() => {
    throw new Error("on purpose");
  });

/** 7 where Envoy was still there to be asked, 8 where someone had killed it already. */
async function stopByOurselves(): Promise<void> {
  if (!start.ready) return;
  await start.envoy.stop();
  process.exit((await start.envoy.exited).signal === "SIGKILL" ? 8 : 7);
}

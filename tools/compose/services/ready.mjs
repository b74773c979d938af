// Waits until Envoy serves, prints lines to try, and stays, so that its health check can go on asking.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
const { ENVOY_PORT = "10000", ENVOY_ADMIN_PORT = "9901" } = process.env;

while (!(await isReady(process.argv[2]))) await sleep(200);
const lines = readFileSync("try.txt", "utf8");
console.log(
  `Ready. Try:\n${lines.replaceAll(":10000/", `:${ENVOY_PORT}/`).replaceAll(":9901/", `:${ENVOY_ADMIN_PORT}/`)}`,
);
setInterval(() => {}, 60_000);

async function isReady(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(1500) }).catch(() => undefined);
  return answer?.ok ?? false;
}

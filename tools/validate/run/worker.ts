import { parentPort } from "node:worker_threads";
import type { FilterInstance } from "../../traffic/host.js";
import { emulate } from "./emulate.js";

parentPort!.on("message", (instance: FilterInstance) => parentPort!.postMessage(emulate(instance)));

import { MetricStore } from "./metrics.js";
import { Queues } from "./queues.js";
import { SharedData } from "./shared-data.js";

/** What outlives VMs and is seen by all of them. */
export class Shared {
  readonly data = new SharedData();
  readonly queues = new Queues();
  readonly metrics = new MetricStore();
}

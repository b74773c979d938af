import { Level } from "../host/log";
import { Callee } from "./callee";
import { TrialClock } from "./clock";
import {
  Handle,
  connection_open,
  exchange_open,
  trial_accepted,
  trial_call_foreign,
  trial_environment,
  trial_log_count,
  trial_log_level,
  trial_log_level_at,
  trial_log_text,
  trial_metric,
  trial_new,
  trial_problem,
  trial_property,
  trial_reconfigure,
  trial_remove,
  trial_tick,
  trial_tick_period,
  trial_upstream,
  trial_vm_configuration,
} from "./harness";
import { Message, Request } from "./message";
import { OpenConnection } from "./open-connection";
import { OpenExchange } from "./open-exchange";
import { Seen } from "./seen";
import { fetch, fetchText } from "./text";

/** A line of the filter's log. */
export class LogLine {
  constructor(
    public level: Level,
    public text: string,
  ) {}
}

/**
 * A plugin that runs the registered filter with a configuration, driven through the callbacks that a host calls:
 *
 *   const seen = new Trial(`{"keys":["k1"]}`).get("/orders", ["x-api-key", "k1"]);
 *   expect(seen.status).toBe(200);
 *
 * Each Trial is a plugin of its own; those of one spec share a VM. A trap in the filter is a trap in the test.
 */
export class Trial {
  private handle: Handle;

  /** The host's clock, one for all Trials of a spec. */
  readonly clock: TrialClock = new TrialClock();

  /** Configures the filter with JSON, "" being no configuration at all; `rootId` chooses one of several filters. */
  constructor(configuration: string = "", rootId: string = "") {
    this.handle = trial_new(configuration, rootId);
  }

  /** Shows an environment variable to filters that are configured from now on. */
  static environment(name: string, value: string): void {
    trial_environment(name, value);
  }

  /** What the VM's configuration is for filters that are configured from now on. */
  static vmConfiguration(text: string): void {
    trial_vm_configuration(text);
  }

  /** Whether the last configuration was accepted. Where the first was not, there is no filter and requests trap. */
  get accepted(): bool {
    return trial_accepted(this.handle);
  }

  /** What was wrong with the last configuration, a text for each problem: `keys: required`. */
  get problems(): string[] {
    const all: string[] = [];
    let problem = fetch(trial_problem(this.handle, 0));
    while (problem !== null) {
      all.push(problem);
      problem = fetch(trial_problem(this.handle, all.length));
    }
    return all;
  }

  /**
   * Replaces the configuration, as a host does: a new plugin in the same VM. Open exchanges keep the filter they began
   * with; where it is refused, the old configuration stays for the others, too.
   */
  reconfigure(configuration: string): void {
    trial_reconfigure(this.handle, configuration);
  }

  /** Takes the plugin out of the VM; it goes with its last open exchange. */
  remove(): void {
    trial_remove(this.handle);
  }

  /** The plugin's timer fires. */
  tick(): void {
    trial_tick(this.handle);
  }

  /** The host itself calls a function of the plugin, with a text for argument. */
  callForeign(id: u32, argument: string): void {
    trial_call_foreign(this.handle, id, argument);
  }

  /** Milliseconds between ticks, as the plugin asked for; 0: none. */
  get tickPeriod(): i32 {
    return trial_tick_period(this.handle);
  }

  /**
   * What a metric stands at, 0 where there is none: a counter, a gauge, or how many values a histogram has. `tags` are names
   * and values by turns. Metrics are the host's: all Trials of a spec count together.
   */
  metric(name: string, tags: string[] = []): u64 {
    for (let i = 0; i + 1 < tags.length; i += 2) name += ".;" + tags[i] + "=." + tags[i + 1];
    return trial_metric(name);
  }

  /** A cluster that the filter may call; one that was never asked for here is unknown to the host. */
  callee(cluster: string): Callee {
    return new Callee(cluster);
  }

  /** A client connects, where the filter is one for TCP. */
  connect(): OpenConnection {
    return new OpenConnection(connection_open(this.handle));
  }

  /** Sends a GET request with these header lines, name and value by turns, and has it answered. */
  get(path: string, headers: string[] = []): Seen {
    const request = new Request("GET", path);
    for (let i = 0; i + 1 < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
    return this.send(request);
  }

  /** Sends a request, has the upstream answer it if it gets that far, and ends the exchange. */
  send(request: Message): Seen {
    return this.open(request).finish();
  }

  /** Sends a request and leaves the exchange open. */
  open(request: Message): OpenExchange {
    return new OpenExchange(exchange_open(this.handle, request.handle));
  }

  /** What the upstream answers from now on; until then 200 with an empty body. */
  upstream(answer: Message): void {
    trial_upstream(this.handle, answer.handle);
  }

  /**
   * Sets what the host knows of the streams that begin from now on: `source.address`, `source.port`,
   * `destination.address`, `destination.port`, `upstream.address`, `upstream.port`, `request.protocol`,
   * `connection.id`, `connection.requested_server_name`, `connection.subject_peer_certificate`,
   * `connection.uri_san_peer_certificate`, `connection.dns_san_peer_certificate`, `xds.route_name`, `xds.cluster_name`,
   * `xds.virtual_host_name`, `xds.filter_chain_name`. An address is written without its port. Traps where the path is another.
   */
  property(path: string, value: string): void {
    trial_property(this.handle, path, value);
  }

  /** Sets the level of the host's log, for all Trials; Trace until then. */
  logLevel(level: Level): void {
    trial_log_level(level);
  }

  /** What the filter has logged so far, oldest line first, its configuration problems included. */
  logs(): LogLine[] {
    const lines: LogLine[] = [];
    const count = trial_log_count(this.handle);
    for (let i = 0; i < count; ++i) {
      lines.push(new LogLine(trial_log_level_at(this.handle, i), fetchText(trial_log_text(this.handle, i))));
    }
    return lines;
  }
}

import { Action, Counter, Exchange, Gauge, Histogram, HttpFilter, register } from "meshscript/assembly";

/** Counts requests, with tags and without, and what onLog sees of them. */
class Counting extends HttpFilter {
  hits: Counter = new Counter("counting_hits");
  requests: Counter = new Counter("counting_requests", ["route", "method"], 4);
  logged: Counter = new Counter("counting_logged", ["status", "path"]);
  streams: Gauge = new Gauge("counting_streams");
  level: Gauge = new Gauge("counting_level", ["pool"]);
  sizes: Histogram = new Histogram("counting_sizes", ["method"]);

  override onRequest(x: Exchange): Action {
    this.hits.increment();
    this.streams.add(1);
    this.requests.with([x.request.path, x.request.method]).increment();
    this.sizes.of(x.request.method).record(x.request.path.length);
    const level = x.request.headers.get("x-level");
    if (level !== null) this.level.of("a").set(<u64>parseInt(level));
    if (x.request.headers.has("x-read")) return x.reply(200, this.read());
    return Action.Continue;
  }

  override onLog(x: Exchange): void {
    this.streams.add(-1);
    this.logged.with([x.response.code.toString(), x.request.path]).increment();
  }

  /** What was counted does not change by being read. */
  private read(): string {
    const once = this.hits.value;
    return this.hits.value == once && once > 0 && this.level.of("a").value == 7 ? "kept\n" : "changed\n";
  }
}

register<Counting>();

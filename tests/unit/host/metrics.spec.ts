import {
  Action,
  Counter,
  Exchange,
  Gauge,
  Histogram,
  HttpFilter,
  Level,
  config,
  register,
} from "meshscript/assembly";
import { Metric } from "meshscript/assembly/host/metric-registry";
import { Trial } from "meshscript/assembly/testing";

const early = new Counter("early");

class Counting extends HttpFilter {
  label: string = config.text("label", "");
  hits: Counter = new Counter("hits");
  streams: Gauge = new Gauge("streams");
  sizes: Histogram = new Histogram("sizes");
  requests: Counter = new Counter("requests", ["route", "status"], 3);
  levels: Gauge = new Gauge("levels", ["pool"]);
  times: Histogram = new Histogram("times", ["route"]);

  override onConfigure(): void {
    numberAtStart = changetype<Metric>(this.hits).id;
  }

  override onRequest(x: Exchange): Action {
    early.increment();
    this.hits.increment();
    this.hits.increment(2);
    this.hits.increment(0);
    this.streams.add(5);
    this.streams.add(-2);
    this.sizes.record(100);
    this.requests.with([x.request.path, "200"]).increment();
    this.levels.of("a").set(7);
    this.times.of("b").record(1);
    return Action.Continue;
  }
}

register<Counting>();

let numberAtStart: u32 = 0;

function requests(trial: Trial, route: string, status: string): u64 {
  return trial.metric("requests", ["route", route, "status", status]);
}

describe("a metric", () => {
  test("is there as soon as the filter is, and keeps what it counted when the filter is configured anew", () => {
    const trial = new Trial();
    expect(trial.metric("hits")).toBe(0);
    trial.get("/a");
    expect(trial.metric("hits")).toBe(3);
    trial.reconfigure('{"label":"x"}');
    trial.get("/a");
    expect(trial.metric("hits")).toBe(6);
    expect(trial.metric("streams")).toBe(6);
    expect(trial.metric("sizes")).toBe(2);
    expect(trial.metric("early")).toBe(2);
    expect(trial.logs().length).toBe(0);
  });

  test("is told to the host once, when the filter is made", () => {
    const trial = new Trial();
    const first = numberAtStart;
    expect(first).not.toBe(0);
    trial.get("/a");
    trial.reconfigure("");
    expect(numberAtStart).toBe(first);
    expect(changetype<Metric>(new Counter("hits")).id).toBe(first);
  });

  test("that is read is not changed by it", () => {
    const trial = new Trial();
    const before = trial.metric("hits");
    const counter = new Counter("hits");
    expect(counter.value).toBe(before);
    expect(counter.value).toBe(before);
    expect(trial.metric("hits")).toBe(before);
    new Gauge("level").set(12);
    expect(new Gauge("level").value).toBe(12);
  });

  test("of one name is one, however often it is made", () => {
    expect(changetype<usize>(new Counter("hits"))).toBe(changetype<usize>(new Counter("hits")));
    expect(changetype<usize>(new Counter("hits"))).not.toBe(changetype<usize>(new Gauge("hits")));
  });
});

describe("a metric with tags", () => {
  test("counts each combination of values by itself", () => {
    const trial = new Trial();
    trial.get("/one");
    trial.get("/one");
    expect(requests(trial, "/a", "200")).toBe(3);
    expect(requests(trial, "/one", "200")).toBe(2);
    expect(trial.metric("levels", ["pool", "a"])).toBe(7);
    expect(trial.metric("times", ["route", "b"])).toBe(5);
  });

  test("counts further combinations together, and says so once", () => {
    const trial = new Trial();
    for (let i = 0; i < 5; ++i) trial.get("/many-" + i.toString());
    expect(requests(trial, "/many-0", "200")).toBe(1);
    expect(requests(trial, "/many-1", "200")).toBe(0);
    expect(requests(trial, "other", "other")).toBe(4);
    expect(trial.logs().length).toBe(1);
    expect(trial.logs()[0].level).toBe(Level.Warn);
    expect(trial.logs()[0].text).toBe(
      "metric requests: too many combinations of tags, further ones count as other",
    );
  });

  test("takes the same values however they are given", () => {
    const counter = new Counter("ways", ["a", "b"]);
    expect(changetype<usize>(counter.with(["1", "2"]))).toBe(changetype<usize>(counter.of("1", "2")));
    expect(changetype<usize>(counter.with(["1"]))).toBe(changetype<usize>(counter.of("1", "")));
    expect(changetype<usize>(counter.with(["1", "2", "3"]))).toBe(changetype<usize>(counter.of("1", "2")));
    expect(changetype<usize>(counter.of("1"))).not.toBe(changetype<usize>(counter.of("1", "1")));
  });
});

const odd = new Counter("odd", ["tag"]);

function count(value: string): u64 {
  return new Trial().metric("odd", ["tag", value]);
}

describe("odd characters", () => {
  test("cannot pass for a tag of their own", () => {
    odd.of("a.;tag=.b").increment();
    expect(count("a.%3Btag=.b")).toBe(1);
    odd.of("%3B").increment();
    expect(count("%253B")).toBe(1);
  });

  test("of a text stay, bytes that are none show as their digits", () => {
    odd.of("ä €\udc80\n\x7f").increment();
    expect(count("ä €%80%0A%7F")).toBe(1);
  });

  test("do not lose a dot at the end, nor an empty value", () => {
    odd.of("1.").increment();
    expect(count("1%2E")).toBe(1);
    odd.of("").increment(3);
    expect(new Trial().metric("odd.;tag=")).toBe(3);
  });

  test("of a name are treated alike", () => {
    new Counter("a;b.").increment();
    expect(new Trial().metric("a%3Bb%2E")).toBe(1);
  });

  test("beyond 128 bytes of a value are cut", () => {
    odd.of("x".repeat(200)).increment();
    expect(count("x".repeat(128))).toBe(1);
  });
});

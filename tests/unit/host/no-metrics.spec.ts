// switch: MESHSCRIPT_NO_METRICS=1
import { Counter, Gauge, Histogram } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

test("where the host has no metrics, they are made of nothing", () => {
  const counter = new Counter("hits");
  counter.increment();
  new Counter("tagged", ["a"]).with(["b"]).increment();
  new Gauge("level").of("x").set(1);
  new Histogram("sizes").of("x").record(1);
  expect(counter.value).toBe(0);
  expect(new Gauge("level").value).toBe(0);
});

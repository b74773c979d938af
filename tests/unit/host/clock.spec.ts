import { clock } from "meshscript/assembly";
import { TrialClock } from "meshscript/assembly/testing";

test("the host's time is read in three units", () => {
  const host = new TrialClock();
  host.advance(1234.5);
  expect(clock.nanoseconds()).toBe(host.now);
  expect(clock.milliseconds()).toBe(1_767_225_601_234);
  expect(clock.seconds()).toBe(1_767_225_601);
});

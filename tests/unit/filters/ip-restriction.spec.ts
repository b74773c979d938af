import "../../../filters/ip-restriction/filter";
import { Trial } from "meshscript/assembly/testing";

function passes(address: string, settings: string): bool {
  const trial = new Trial(settings);
  expect(trial.problems).toStrictEqual([]);
  trial.property("source.address", address);
  return trial.get("/").forwarded;
}

const both = '{"allow":["10.0.0.0/8","2001:db8::/32"],"deny":["10.13.0.0/16"]}';

describe("a client's network", () => {
  test("decides, and denial wins", () => {
    expect(passes("10.1.2.3", both)).toBe(true);
    expect(passes("2001:db8::7", both)).toBe(true);
    expect(passes("10.13.2.3", both)).toBe(false);
    expect(passes("192.0.2.1", both)).toBe(false);
  });

  test("that is unknown is refused, also where only some are denied", () => {
    expect(passes("pipe", '{"deny":["10.0.0.0/8"]}')).toBe(false);
    expect(passes("192.0.2.1", '{"deny":["10.0.0.0/8"]}')).toBe(true);
  });

  test("has to be one in the configuration", () => {
    expect(new Trial('{"allow":["10.0.0.0/33"]}').problems.length).toBeGreaterThan(0);
    expect(new Trial("{}").problems.length).toBeGreaterThan(0);
  });
});

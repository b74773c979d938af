import { random } from "meshscript/assembly";

describe("random bytes", () => {
  test("are as many as were asked for", () => {
    expect(random.bytes(0).length).toBe(0);
    expect(random.bytes(-1).length).toBe(0);
    expect(random.bytes(7).length).toBe(7);
  });

  test("are more than a host gives at once, and not all alike", () => {
    const bytes = random.bytes(100_000);
    let zeros = 0;
    for (let i = 65_536; i < 100_000; ++i) if (bytes.at(i) == 0) ++zeros;
    expect(bytes.length).toBe(100_000);
    expect(zeros).toBeLessThan(1000);
  });

  test("make numbers that differ", () => {
    expect(random.integer()).not.toBe(random.integer());
  });
});

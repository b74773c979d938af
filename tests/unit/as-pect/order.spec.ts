const order: string[] = [];

function outerEach(): void {
  order.push("each");
}

describe("hooks", () => {
  beforeAll(() => {
    order.push("all");
  });
  beforeEach(outerEach);
  afterEach(() => {
    order.push("after");
  });

  test("run before a test", () => {
    expect(order).toStrictEqual(["all", "each"]);
  });

  test("run around each of them", () => {
    expect(order).toStrictEqual(["all", "each", "after", "each"]);
  });

  describe("of the outer group", () => {
    test("run before a test of an inner one", () => {
      expect(order.slice(-2)).toStrictEqual(["after", "each"]);
    });
  });
});

describe("values", () => {
  test("compare by size, nearness and content", () => {
    expect(3).toBeGreaterThan(2);
    expect(2).toBeLessThanOrEqual(2);
    expect(0.1 + 0.2).toBeCloseTo(0.3);
    expect("").toBeFalsy();
    expect([1, 2, 3]).toContain(2);
    expect([1, 2, 3]).toHaveLength(3);
    expect(NaN).toBeNaN();
    expect(1.0 / 0.0).not.toBeFinite();
  });
});

let dropped: i32 = 0;

function leave(): void {
  dropped = 1;
  throw new Error("left");
}

describe("what throws", () => {
  test("is expected of a function", () => {
    expect(() => {
      throw new Error("boom");
    }).toThrow("an error ends the function");
    expect(() => {}).not.toThrow("nothing happens");
  });

  test("keeps what it did before", () => {
    expect(leave).toThrow();
    expect(dropped).toBe(1);
  });

  test("may be any trap", () => {
    expect(() => {
      unreachable();
    }).toThrow("unreachable code was reached");
    expect(() => {
      assert(false, "not so");
    }).toThrow("an assertion failed");
    expect(() => {
      const empty: i32[] = [];
      empty.pop();
    }).toThrow("nothing to take");
  });

  throws("may be a whole test", () => {
    assert(dropped == 2, "not so");
  });
});

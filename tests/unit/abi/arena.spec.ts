import "meshscript/assembly/testing";
import { begin, epoch, mark, release, take } from "meshscript/assembly/abi/arena";

const LARGE: usize = 100_000;

beforeEach(begin);

describe("memory for a callback", () => {
  test("is aligned and does not overlap", () => {
    const first = take(3);
    const second = take(1);
    expect(first % 8).toBe(0);
    expect(second - first).toBe(8);
  });

  test("is the same again in the next callback", () => {
    const first = take(16);
    begin();
    expect(take(16)).toBe(first);
  });

  test("is given back down to a mark", () => {
    const before = mark();
    take(100);
    release(before);
    expect(mark()).toBe(before);
  });

  test("comes from elsewhere where it does not fit, and what fits is not lost", () => {
    const before = mark();
    const large = take(LARGE);
    memory.fill(large, 0xaa, LARGE);
    const other = take(LARGE);
    memory.fill(other, 0xbb, LARGE);
    expect(load<u8>(large + LARGE - 1)).toBe(0xaa);
    expect(take(8)).toBe(before);
  });

  test("does not grow the memory over many callbacks, however large", () => {
    begin();
    take(LARGE);
    begin();
    const pages = memory.size();
    for (let i = 0; i < 1000; ++i) {
      begin();
      take(LARGE);
      take(LARGE / 2);
    }
    expect(memory.size() - pages).toBeLessThanOrEqual(4);
  });
});

test("each callback has a number of its own, never 0", () => {
  const before = epoch;
  begin();
  expect(epoch).toBe(before + 1);
  expect(epoch).not.toBe(0);
});

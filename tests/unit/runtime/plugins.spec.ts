import { Exchange, HttpFilter } from "meshscript/assembly";
import * as plugins from "meshscript/assembly/runtime/plugins";

class Nothing extends HttpFilter {}

function idOf(root: u32): usize {
  return changetype<usize>(plugins.ofRoot(root));
}

describe("plugins", () => {
  test("are found by their root, and one alone without it", () => {
    expect(idOf(1)).toBe(0);
    expect(plugins.only() === null).toBe(true);
    plugins.add(1, new Nothing());
    expect(idOf(1)).not.toBe(0);
    expect(changetype<usize>(plugins.only())).toBe(idOf(1));
    plugins.add(2, new Nothing());
    expect(plugins.count()).toBe(2);
    expect(plugins.only() === null).toBe(true);
    plugins.retire(1);
    expect(changetype<usize>(plugins.only())).toBe(idOf(2));
    plugins.retire(2);
    expect(plugins.count()).toBe(0);
  });

  test("give way to another configuration of their root", () => {
    plugins.add(1, new Nothing());
    const old = plugins.ofRoot(1)!;
    ++old.streams;
    plugins.add(1, new Nothing());
    expect(idOf(1)).not.toBe(changetype<usize>(old));
    expect(old.retired).toBe(true);
    expect(plugins.count()).toBe(2);
    plugins.released(old);
    expect(plugins.count()).toBe(1);
    plugins.retire(1);
    expect(plugins.count()).toBe(0);
  });

  test("stay while they have streams", () => {
    plugins.add(1, new Nothing());
    const plugin = plugins.ofRoot(1)!;
    plugin.streams = 2;
    plugins.retire(1);
    expect(plugins.count()).toBe(1);
    plugins.released(plugin);
    expect(plugins.count()).toBe(1);
    plugins.released(plugin);
    expect(plugins.count()).toBe(0);
  });

  test("that live on are not gone with their streams", () => {
    plugins.add(1, new Nothing());
    const plugin = plugins.ofRoot(1)!;
    ++plugin.streams;
    plugins.released(plugin);
    expect(idOf(1)).toBe(changetype<usize>(plugin));
    plugins.retire(1);
  });

  test("may go in any order", () => {
    for (let root: u32 = 1; root <= 5; ++root) plugins.add(root, new Nothing());
    const order: u32[] = [3, 1, 5, 2, 4];
    for (let i = 0; i < order.length; ++i) {
      plugins.retire(order[i]);
      expect(idOf(order[i])).toBe(0);
      expect(plugins.count()).toBe(4 - i);
    }
  });

  test("that are not there may be retired, too", () => {
    plugins.retire(99);
    expect(plugins.count()).toBe(0);
  });
});

import { Plugin } from "meshscript/assembly/runtime/plugins";
import * as streams from "meshscript/assembly/runtime/streams";

const plugin = changetype<Plugin>(heap.alloc(offsetof<Plugin>()));

function remove(id: u32): void {
  streams.remove(streams.find(id)!);
}

function has(id: u32): bool {
  return streams.find(id) !== null;
}

describe("streams", () => {
  test("are none to begin with", () => {
    expect(has(1)).toBe(false);
  });

  test("are found by their id, with their plugin and no exchange yet", () => {
    streams.add(7, plugin);
    const found = streams.find(7)!;
    expect(found.id).toBe(7);
    expect(changetype<usize>(found.plugin)).toBe(changetype<usize>(plugin));
    expect(found.context === null).toBe(true);
    expect(has(8)).toBe(false);
    remove(7);
    expect(has(7)).toBe(false);
  });

  test("stay apart in thousands, whatever the step of their ids", () => {
    const steps: u32[] = [1, 2, 64, 128, 1024, 0x80000, 0x9e3779b1];
    for (let s = 0; s < steps.length; ++s) {
      for (let i: u32 = 1; i <= 2000; ++i) streams.add(i * steps[s], plugin);
      for (let i: u32 = 1; i <= 2000; ++i) assert(has(i * steps[s]), "lost a stream");
      for (let i: u32 = 1; i <= 2000; ++i) remove(i * steps[s]);
      for (let i: u32 = 1; i <= 2000; ++i) assert(!has(i * steps[s]), "kept a stream");
    }
  });

  test("survive the removal of others, in any order", () => {
    let seed: u32 = 4711;
    const open: u32[] = [];
    let next: u32 = 1;
    for (let i = 0; i < 20_000; ++i) {
      seed = seed * 1664525 + 1013904223;
      if (open.length == 0 || (seed >> 16) % 100 < 55) {
        streams.add(next, plugin);
        open.push(next++);
      } else {
        const victim = <i32>((seed >> 8) % <u32>open.length);
        remove(open[victim]);
        assert(!has(open[victim]), "kept a stream");
        open[victim] = open[open.length - 1];
        open.pop();
      }
    }
    for (let i = 0; i < open.length; ++i) assert(has(open[i]), "lost a stream");
    for (let i = 0; i < open.length; ++i) remove(open[i]);
  });

  test("need no more memory the second time", () => {
    for (let i: u32 = 1; i <= 5000; ++i) streams.add(i, plugin);
    for (let i: u32 = 1; i <= 5000; ++i) remove(i);
    const pages = memory.size();
    for (let round: u32 = 0; round < 20; ++round) {
      for (let i: u32 = 1; i <= 5000; ++i) streams.add(round * 5000 + i, plugin);
      for (let i: u32 = 1; i <= 5000; ++i) remove(round * 5000 + i);
    }
    expect(memory.size()).toBe(pages);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, Emulator } from "../../../tools/emulator/index.js";
import { compile, essentials } from "./support/compile.js";

const declarations = `
@external("wasi_snapshot_preview1", "fd_write") declare function fd_write(fd: i32, v: usize, n: i32, out: usize): i32;
@external("wasi_snapshot_preview1", "environ_sizes_get") declare function sizes(n: usize, s: usize): i32;
@external("wasi_snapshot_preview1", "environ_get") declare function environ(p: usize, b: usize): i32;
@external("wasi_snapshot_preview1", "clock_time_get") declare function clock(id: i32, p: i64, out: usize): i32;
@external("wasi_snapshot_preview1", "random_get") declare function random(p: usize, n: i32): i32;
@external("wasi_unstable", "path_open")
declare function open(a: i32, b: i32, c: usize, d: i32, e: i32, f: i64, g: i64, h: i32, i: usize): i32;
@external("wasi_snapshot_preview1", "fd_read") declare function read(fd: i32, v: usize, n: i32, out: usize): i32;
@external("wasi_snapshot_preview1", "sock_shutdown") declare function shutdown(fd: i32, how: i32): i32;
@external("wasi_snapshot_preview1", "fd_readdir")
declare function readdir(a: i32, b: usize, c: i32, d: i64, e: usize): i32;
const area = memory.data(512);
function told(status: i32, detail: string = ""): void { say(status.toString() + detail); }
function print(fd: i32, text: string): i32 {
  const bytes = String.UTF8.encode(text);
  store<usize>(area, changetype<usize>(bytes));
  store<i32>(area, bytes.byteLength, 4);
  return fd_write(fd, area, 1, area + 8);
}`;

/** What a guest logs that runs these lines while it is configured, in the trial VM. */
async function run(lines: string, environment: Record<string, string> = {}): Promise<string[]> {
  const body = `export function proxy_on_configure(id: i32, n: i32): i32 { ${lines} return 1; }`;
  const emulator = new Emulator({ clock: new Clock(1000) });
  emulator.load({ module: await compile(`${essentials}${declarations}${body}`), environment });
  const logged = emulator.logs();
  return logged.slice(0, logged.length / 2).map((line) => `${line.level} ${line.text}`);
}

test("standard output goes to the log as info, standard error as error, without the last line break", async () => {
  assert.deepEqual(await run('told(print(1, "out\\n")); told(print(2, "err")); told(print(3, "file"));'), [
    "info out",
    "info 0",
    "error err",
    "info 0",
    "info 8",
  ]);
});

test("the environment holds what the plugin was given", async () => {
  const lines = `
    told(sizes(area, area + 4), " " + load<i32>(area).toString() + " " + load<i32>(area, 4).toString());
    told(environ(area, area + 100), " " + String.UTF8.decodeUnsafe(load<usize>(area, 4), 6));`;
  assert.deepEqual(await run(lines, { A: "1", KEY: "é" }), ["info 0 2 11", "info 0 KEY=é"]);
});

test("clocks 0 and 1 tell the host's time, others are not supported", async () => {
  const lines =
    'told(clock(0, 0, area), " " + load<u64>(area).toString()); told(clock(1, 0, area)); told(clock(2, 0, area));';
  assert.deepEqual(await run(lines), ["info 0 1000000000", "info 0", "info 58"]);
});

test("random bytes come, up to 64 KiB", async () => {
  const lines =
    'told(random(area, 16), " " + (load<u64>(area) | load<u64>(area, 8) ? "some" : "none")); told(random(area, 65537));';
  assert.deepEqual(await run(lines), ["info 0 some", "info 28"]);
});

test("files and sockets are not there, with Envoy's error numbers", async () => {
  const lines =
    "told(open(0, 0, 0, 0, 0, 0, 0, 0, 0)); told(read(0, 0, 0, 0)); told(shutdown(0, 0)); told(readdir(0, 0, 0, 0, 0));";
  assert.deepEqual(await run(lines), ["info 44", "info 52", "info 58", "info 20"]);
});

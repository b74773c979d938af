import { randomFillSync } from "node:crypto";
import { toBytes, utf8 } from "../bytes.js";
import type { Family, HostCall } from "./call.js";
import { write } from "./logging.js";

/** WASI's own error numbers. */
const errno = {
  success: 0,
  badf: 8,
  exist: 20,
  fault: 21,
  inval: 28,
  noent: 44,
  nosys: 52,
  notsup: 58,
} as const;
const mostRandomBytes = 64 * 1024;
const clocks = { realtime: 0, monotonic: 1 };
const streamLevels: Record<number, number> = { 1: 2, 2: 4 };

/** What Envoy offers of WASI: log output, environment, clock, randomness. */
export const wasi: Family = {
  fd_write(call, fd, vectors, count, target) {
    const level = streamLevels[fd];
    if (level === undefined) return errno.badf;
    const message = gather(call, vectors, count);
    if (message === null) return errno.fault;
    if (message !== "") write(call, level, message.replace(/\n$/, ""));
    return done(call.memory.writeU32(target, message.length));
  },

  fd_fdstat_get(call, fd, target) {
    if (fd !== 1 && fd !== 2) return errno.badf;
    const mayWrite = 64;
    const stat = Buffer.alloc(24);
    stat[8] = mayWrite;
    return done(call.memory.write(target, stat));
  },

  environ_sizes_get(call, countTarget, sizeTarget) {
    const entries = environment(call);
    const size = entries.reduce((sum, entry) => sum + entry.length, 0);
    return done(call.memory.writeU32(countTarget, entries.length) && call.memory.writeU32(sizeTarget, size));
  },

  environ_get(call, pointers, texts) {
    let at = texts;
    const written = environment(call).every((entry, index) => {
      const pointed = call.memory.writeU32(pointers + 4 * index, at);
      return pointed && call.memory.write((at += entry.length) - entry.length, toBytes(entry));
    });
    return done(written);
  },

  args_sizes_get: (call, count, size) =>
    done(call.memory.writeU32(count, 0) && call.memory.writeU32(size, 0)),
  args_get: () => errno.success,

  clock_time_get(call, clock, _precision, target) {
    if (clock !== clocks.realtime && clock !== clocks.monotonic) return errno.notsup;
    return done(call.memory.writeU64(target, call.vm.surroundings.clock.now()));
  },

  clock_res_get(call, clock, target) {
    if (clock !== clocks.realtime && clock !== clocks.monotonic) return errno.notsup;
    return done(call.memory.writeU64(target, 1n));
  },

  random_get(call, target, size) {
    if (size >>> 0 > mostRandomBytes) return errno.inval;
    return done(call.memory.write(target, randomFillSync(new Uint8Array(size >>> 0))));
  },

  ...constant(errno.success, "fd_seek fd_close fd_advise sched_yield poll_oneoff proc_exit"),
  ...constant(
    errno.badf,
    `fd_tell fd_prestat_get fd_filestat_get fd_filestat_set_size fd_filestat_set_times fd_fdstat_set_rights
     fd_allocate fd_datasync fd_sync fd_pwrite fd_renumber`,
  ),
  ...constant(errno.nosys, "fd_read fd_pread fd_fdstat_set_flags fd_prestat_dir_name"),
  ...constant(errno.exist, "fd_readdir"),
  ...constant(errno.noent, "path_open"),
};

/** The rest, folders and sockets for the most part: there are none. */
export const absentWasi = errno.notsup;

/** Functions that Envoy has in name only. */
function constant(status: number, names: string): Family {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, () => status]));
}

function done(written: boolean): number {
  return written ? errno.success : errno.fault;
}

function environment({ vm }: HostCall): string[] {
  return Object.entries(vm.settings.environment).map(([name, value]) => utf8(`${name}=${value}\0`));
}

function gather({ memory }: HostCall, vectors: number, count: number): string | null {
  let message = "";
  for (let index = 0; index < count >>> 0; index++) {
    const vector = memory.read(vectors + 8 * index, 8);
    if (vector === null) return null;
    const place = new DataView(vector.buffer);
    const part = memory.readText(place.getUint32(0, true), place.getUint32(4, true));
    if (part === null) return null;
    message += part;
  }
  return message;
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

/** What every module needs; the library is left out, so that these tests depend on Envoy alone. */
const prelude = `
@external("env", "proxy_log") declare function proxy_log(level: i32, text: usize, size: i32): i32;
export function proxy_abi_version_0_2_1(): void {}
export function proxy_on_memory_allocate(size: i32): usize { return heap.alloc(size); }
export function aborted(message: usize, file: usize, line: u32, column: u32): void { unreachable(); }
export function say(level: i32, text: string): void {
  const bytes = String.UTF8.encode(text);
  proxy_log(level, changetype<usize>(bytes), bytes.byteLength);
}
`;

/** Compiles a few lines of AssemblyScript on bare host functions; `say(level, text)` is at hand. Returns the path. */
export async function rawModule(folder: string, name: string, body: string): Promise<string> {
  const path = join(folder, `${name}.wasm`);
  const sources: Record<string, string> = { "filter.ts": prelude + body };
  const flags = ["--runtime", "stub", "--exportStart", "_initialize", "--use", "abort=filter/aborted"];
  const { error, stderr } = await asc.main(["filter.ts", ...flags, "-o", "filter.wasm"], {
    readFile: (file) => sources[file] ?? null,
    writeFile: (_, content) => writeFileSync(path, content),
    listFiles: () => [],
  });
  if (error) throw new Error(stderr.toString());
  return path;
}

/** The module with a custom section, as the build adds its metadata. */
export function withSection(binary: Uint8Array, name: string, text: string): Uint8Array<ArrayBuffer> {
  const content = Buffer.concat([lengthPrefixed(Buffer.from(name)), Buffer.from(text)]);
  return Uint8Array.from(Buffer.concat([binary, Buffer.from([0]), lengthPrefixed(content)]));
}

function lengthPrefixed(bytes: Buffer): Buffer {
  const length = [];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...length, rest]), bytes]);
}

/** Body of a module that turns its configuration down. */
export const refusing = `
export function proxy_on_configure(root: i32, size: i32): i32 {
  say(4, "configuration: keys: required");
  say(4, "configuration: extra: unknown setting");
  return 0;
}`;

/** Body of a module that crashes on every request. */
export const trapping = `
export function proxy_on_request_headers(context: i32, count: i32, end: i32): i32 {
  say(5, "abort: on purpose at filter.ts:1:1");
  unreachable();
  return 0;
}`;

/** Body of a module that calls a function which no host has. */
export const unlinkable = `
@external("env", "proxy_nope") declare function nope(): void;
export function proxy_on_configure(root: i32, size: i32): i32 { nope(); return 1; }`;

/** Body of a module that logs the configuration it was handed, between bars. */
export const repeating = `
@external("env", "proxy_get_buffer_bytes")
declare function bytes(kind: i32, start: i32, length: i32, at: usize, size: usize): i32;
export function proxy_on_configure(root: i32, size: i32): i32 {
  const at = memory.data(4), length = memory.data(4);
  const found = bytes(7, 0, size, at, length) == 0 ? String.UTF8.decodeUnsafe(load<u32>(at), load<u32>(length)) : "";
  say(2, "|" + found + "|");
  return 1;
}`;

import { writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

/** The statement at the end runs in the start section, as asc has it unless told otherwise. */
const source = `
@external("env", "proxy_log") declare function proxy_log(level: i32, text: usize, size: i32): i32;
export function proxy_abi_version_0_2_1(): void {}
export function proxy_on_memory_allocate(size: i32): usize { return heap.alloc(size); }
export function aborted(message: usize, file: usize, line: u32, column: u32): void { unreachable(); }
const bytes = String.UTF8.encode("hello");
proxy_log(2, changetype<usize>(bytes), bytes.byteLength);
`;

/** Writes a module that calls its host before the host is ready, which ends Envoy. Returns the path. */
export async function startCaller(path: string): Promise<string> {
  const flags = ["--runtime", "stub", "--use", "abort=filter/aborted", "-o", "filter.wasm"];
  const { error, stderr } = await asc.main(["filter.ts", ...flags], {
    readFile: (file) => (file === "filter.ts" ? source : null),
    writeFile: (_, content) => writeFileSync(path, content),
    listFiles: () => [],
  });
  if (error) throw new Error(stderr.toString());
  return path;
}

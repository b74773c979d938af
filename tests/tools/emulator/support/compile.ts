import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../../../tools/package-root.js";

/** What every module needs, for guests of a few lines: the ABI's marker, an allocator, a log line. */
export const essentials = `
@external("env", "proxy_log") declare function h_log(level: i32, p: usize, n: i32): i32;
export function proxy_abi_version_0_2_1(): void {}
export function proxy_on_memory_allocate(n: i32): usize { return heap.alloc(n); }
function say(text: string): void { const a = String.UTF8.encode(text); h_log(2, changetype<usize>(a), a.byteLength); }
`;

interface CompileOptions {
  /** Top-level statements run from `_initialize` unless this is false: then from the start section. */
  initialize?: boolean;
  /** Further ones of the compiler's. */
  flags?: string[];
}

const aborted = "\nexport function aborted(m: usize, f: usize, l: i32, c: i32): void { unreachable(); }\n";
const usual = ["--runtime", "incremental", "--use", "abort=guest/aborted"];
const cache = fileURLToPath(new URL("compiled/", import.meta.url));
const compiler = readFileSync(join(packageRoot, "node_modules/assemblyscript/package.json"));

/** Compiles AssemblyScript, unless an earlier test has compiled the same. */
export async function compile(source: string, options: CompileOptions = {}): Promise<Uint8Array> {
  const { initialize = true, flags = [] } = options;
  const all = [...usual, ...(initialize ? ["--exportStart", "_initialize"] : []), ...flags];
  const key = createHash("sha256").update(compiler).update(all.join()).update(source).digest("hex");
  const file = join(cache, `${key}.wasm`);
  if (!existsSync(file)) keep(file, await compileAnew(source + aborted, all));
  return readFileSync(file);
}

async function compileAnew(source: string, flags: string[]): Promise<Uint8Array> {
  const { default: asc } = await import("assemblyscript/asc");
  const written = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main(["guest.ts", "-o", "guest.wasm", ...flags], {
    readFile: (name) => (name === "guest.ts" ? source : null),
    writeFile: (name, bytes) => void written.set(name, Buffer.from(bytes as Uint8Array)),
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return written.get("guest.wasm")!;
}

/** Tests run side by side: a file is there as a whole or not at all. */
function keep(file: string, bytes: Uint8Array): void {
  mkdirSync(cache, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

const noMore = "function more(op: string, a: Array<string>): bool { return false; }";

/** The guest that does what its plugin configuration says; see guests/probe.as. */
export function probe(): Promise<Uint8Array> {
  return compile(guest("probe") + noMore);
}

/** A probe that calls others, too; see guests/callouts.as. */
export function callingProbe(): Promise<Uint8Array> {
  return compile(guest("probe") + guest("callouts"));
}

function guest(name: string): string {
  return readFileSync(join(packageRoot, `tests/tools/emulator/guests/${name}.as`), "utf8");
}

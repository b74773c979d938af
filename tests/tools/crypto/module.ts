import { main } from "assemblyscript/asc";
import { join } from "node:path";
import { ENTRY, sourceReader } from "../../../tools/build/sources.js";
import { packageRoot } from "../../../tools/package-root.js";

/** Sizes of the hash functions in bits, by the names that vectors and Node use. */
export const hashes = { "SHA-256": 256, "SHA-384": 384, "SHA-512": 512 } as const;
export type HashName = keyof typeof hashes;

type Exports = Record<string, (...values: number[]) => number> & { memory: WebAssembly.Memory };

/** The crypto library as a module, called with bytes. */
export interface CryptoModule {
  /** Calls an export: numbers as they are, bytes as their address and size. Returns whether it said yes. */
  call(name: string, ...values: (number | Uint8Array)[]): boolean;
  /** Places the values, and returns the call itself. */
  ready(name: string, ...values: (number | Uint8Array)[]): () => number;
  /** The same, and returns what the export says. */
  number(name: string, ...values: (number | Uint8Array)[]): number;
  /** The same, and returns so many bytes that the export wrote where its last argument says. */
  written(name: string, size: number, ...values: (number | Uint8Array)[]): Buffer;
  /** The same for a text, whose size the export returns. */
  text(name: string): string;
  /** The value of a global that is exported. */
  global(name: string): number;
}

const UNIMPLEMENTED = 12;

/** A host that has nothing of what a module asks for: its own code has to do. */
function lacking(module: WebAssembly.Module): Record<string, () => number> {
  const names = WebAssembly.Module.imports(module).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, () => UNIMPLEMENTED]));
}

function abort(_message: number, _file: number, line: number): never {
  return fail(`abort in line ${line}`);
}

/** Compiles what an entry in tests/unit exports, as a release does, rewrites it where asked to, and instantiates it. */
export async function cryptoModule(
  entry = "crypto/module",
  rewrite: (binary: Uint8Array) => Uint8Array = (binary) => binary,
): Promise<CryptoModule> {
  const binary = rewrite(await compiled(entry)) as Uint8Array<ArrayBuffer>;
  const module = await WebAssembly.compile(binary);
  const instance = await WebAssembly.instantiate(module, { env: { ...lacking(module), abort } });
  const exports = instance.exports as unknown as Exports;
  exports["_initialize"]!();
  const room = exports["room"]!();
  return {
    call: (name, ...values) => exports[name]!(...placed(exports, room, values).values) !== 0,
    ready: (name, ...values) => {
      const { values: numbers } = placed(exports, room, values);
      const called = exports[name]!;
      return () => called(...numbers);
    },
    number: (name, ...values) => exports[name]!(...placed(exports, room, values).values),
    written: (name, size, ...values) => {
      const { values: numbers, end } = placed(exports, room, values);
      exports[name]!(...numbers, end);
      return Buffer.from(exports.memory.buffer.slice(end, end + size));
    },
    text: (name) => {
      const size = exports[name]!(room);
      return Buffer.from(exports.memory.buffer, room, size).toString();
    },
    global: (name) => Number((instance.exports[name] as WebAssembly.Global).value),
  };
}

async function compiled(module: string): Promise<Uint8Array<ArrayBuffer>> {
  const outputs = new Map<string, Uint8Array | string>();
  const options = [
    "--config",
    "none",
    "--optimizeLevel",
    "3",
    "--shrinkLevel",
    "2",
    "--runtime",
    "minimal",
    "--enable",
    "simd",
  ];
  const entry = `export * from "./tests/unit/${module}";`;
  const { error, stderr } = await main(
    [ENTRY, "--outFile", "m.wasm", "--exportStart", "_initialize", ...options],
    {
      readFile: sourceReader(join(packageRoot), entry),
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return outputs.get("m.wasm") as Uint8Array<ArrayBuffer>;
}

function placed(
  exports: Exports,
  room: number,
  values: readonly (number | Uint8Array)[],
): { values: number[]; end: number } {
  let end = room;
  const numbers = values.flatMap((value) => {
    if (typeof value === "number") return [value];
    const at = end;
    new Uint8Array(exports.memory.buffer).set(value, at);
    end = (at + value.length + 31) & ~15;
    return [at, value.length];
  });
  return { values: numbers, end };
}

function fail(message: string): never {
  throw new Error(message);
}

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
  /** The same, and returns so many bytes that the export wrote where its last argument says. */
  written(name: string, size: number, ...values: (number | Uint8Array)[]): Buffer;
}

/** Compiles the library as a release does, and instantiates it. */
export async function cryptoModule(): Promise<CryptoModule> {
  const { instance } = await WebAssembly.instantiate(await compiled(), {
    env: { abort: (_message: number, _file: number, line: number) => fail(`abort in line ${line}`) },
  });
  const exports = instance.exports as unknown as Exports;
  exports["_initialize"]!();
  const room = exports["room"]!();
  return {
    call: (name, ...values) => exports[name]!(...placed(exports, room, values).values) !== 0,
    written: (name, size, ...values) => {
      const { values: numbers, end } = placed(exports, room, values);
      exports[name]!(...numbers, end);
      return Buffer.from(exports.memory.buffer.slice(end, end + size));
    },
  };
}

async function compiled(): Promise<Uint8Array<ArrayBuffer>> {
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
  const entry = `export * from "./tests/unit/crypto/module";`;
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

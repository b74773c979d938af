import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";

const source = join(packageRoot, "tests/parity/probe.as");
const aborted = "\nexport function aborted(m: usize, f: usize, l: i32, c: i32): void { unreachable(); }\n";
const flags = [
  "--runtime",
  "incremental",
  "--use",
  "abort=probe/aborted",
  "--exportStart",
  "_initialize",
  "-O",
];

/** Path of the compiled probe; it is compiled once for each of its versions. */
export async function probeModule(): Promise<string> {
  const text = readFileSync(source, "utf8") + aborted;
  const hash = createHash("sha256").update(flags.join()).update(text).digest("hex").slice(0, 16);
  const folder = join(packageRoot, "build/parity");
  const file = join(folder, `probe-${hash}.wasm`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, await compiled(text));
  renameSync(draft, file);
  return file;
}

async function compiled(text: string): Promise<Uint8Array> {
  const { default: asc } = await import("assemblyscript/asc");
  const written = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main(["probe.ts", "-o", "probe.wasm", ...flags], {
    readFile: (name) => (name === "probe.ts" ? text : null),
    writeFile: (name, bytes) => void written.set(name, Buffer.from(bytes as Uint8Array)),
    listFiles: () => [],
  });
  if (error) throw new Error(`${source}: ${error.message}\n${stderr.toString()}`);
  return written.get("probe.wasm")!;
}

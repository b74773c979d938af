import type { Signature } from "./signatures.js";

export interface ModuleTypes {
  imports: { module: string; name: string; kind: "function" | "other"; signature?: Signature }[];
  /** Exported functions. */
  exports: Map<string, Signature>;
}

const section = { types: 1, imports: 2, functions: 3, exports: 7 };
const valueTypes: Record<number, string> = {
  0x7f: "i32",
  0x7e: "i64",
  0x7d: "f32",
  0x7c: "f64",
  0x7b: "v128",
};

/**
 * The function types of a module's imports and exports, which JavaScript does not tell.
 * Throws on bytes that are not laid out as a module.
 */
export function moduleTypes(binary: Uint8Array): ModuleTypes {
  const sections = split(binary);
  const types = typesOf(sections.get(section.types));
  const imports = importsOf(sections.get(section.imports), types);
  const imported = imports.flatMap((entry) => entry.signature ?? []);
  const own = vectorOf(sections.get(section.functions), (reader) => types[reader.number()]!);
  return { imports, exports: exportsOf(sections.get(section.exports), [...imported, ...own]) };
}

function split(binary: Uint8Array): Map<number, Uint8Array> {
  const magic = "\0asm\x01\0\0\0";
  if (Buffer.from(binary.subarray(0, 8)).toString("latin1") !== magic) throw new Error("not a module");
  const reader = new Reader(binary, 8);
  const found = new Map<number, Uint8Array>();
  while (!reader.done()) found.set(reader.byte(), reader.bytes(reader.number()));
  return found;
}

function typesOf(bytes: Uint8Array | undefined): Signature[] {
  return vectorOf(bytes, (reader) => {
    if (reader.byte() !== 0x60) throw new Error("a type that is not a function's");
    return { params: reader.vector(valueType), results: reader.vector(valueType) };
  });
}

function valueType(reader: Reader): string {
  return valueTypes[reader.byte()] ?? "ref";
}

function importsOf(bytes: Uint8Array | undefined, types: Signature[]): ModuleTypes["imports"] {
  return vectorOf(bytes, (reader) => {
    const place = { module: reader.name(), name: reader.name() };
    const kind = reader.byte();
    if (kind === 0) return { ...place, kind: "function", signature: types[reader.number()]! };
    skipDescription(reader, kind);
    return { ...place, kind: "other" };
  });
}

function skipDescription(reader: Reader, kind: number): void {
  if (kind === 1) reader.byte();
  if (kind === 3) reader.bytes(2);
  else skipLimits(reader);
}

function skipLimits(reader: Reader): void {
  const hasMaximum = reader.byte() & 1;
  reader.number();
  if (hasMaximum) reader.number();
}

function exportsOf(bytes: Uint8Array | undefined, functions: Signature[]): Map<string, Signature> {
  const all = vectorOf(bytes, (reader) => ({
    name: reader.name(),
    kind: reader.byte(),
    index: reader.number(),
  }));
  return new Map(all.filter(({ kind }) => kind === 0).map(({ name, index }) => [name, functions[index]!]));
}

function vectorOf<T>(bytes: Uint8Array | undefined, item: (reader: Reader) => T): T[] {
  return bytes === undefined ? [] : new Reader(bytes).vector(item);
}

class Reader {
  constructor(
    private readonly data: Uint8Array,
    private at = 0,
  ) {}

  done(): boolean {
    return this.at >= this.data.length;
  }

  byte(): number {
    const value = this.data[this.at++];
    if (value === undefined) throw new Error("the module ends too soon");
    return value;
  }

  bytes(count: number): Uint8Array {
    if (this.at + count > this.data.length) throw new Error("the module ends too soon");
    return this.data.subarray(this.at, (this.at += count));
  }

  /** LEB128, unsigned. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  name(): string {
    return Buffer.from(this.bytes(this.number())).toString("utf8");
  }

  vector<T>(item: (reader: Reader) => T): T[] {
    return Array.from({ length: this.number() }, () => item(this));
  }
}

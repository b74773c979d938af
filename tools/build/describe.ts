import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentedSettings, type Documentation } from "./documentation.js";
import { build } from "./index.js";

/** A setting of a filter, as its code declares it. */
export interface Setting {
  /** Where it stands: `credentials[].key`. */
  path: string;
  /** `text`, `flag`, `whole number`, `number`, `secret`, `one of …`, `object`, `list of …`. */
  type: string;
  required: boolean;
  /** Its default, null where it has none that can be written down. */
  fallback: string | null;
  /** The comment in front of its field, in one line. */
  summary: string;
}

interface Guest {
  memory: WebAssembly.Memory;
  _initialize(): void;
  proxy_on_configure(root: number, size: number): number;
}

/**
 * The settings of a filter, found by running it: it is built to describe itself, and lists them while it is made. `entry`
 * is a filter's file or a folder that holds `filter.ts`.
 */
export async function describe(entry: string): Promise<Setting[]> {
  const outDir = mkdtempSync(join(tmpdir(), "meshscript-describe-"));
  try {
    const { binary, sources, metadata } = await build({ entry, outDir, defines: { MESHSCRIPT_DESCRIBE: 1 } });
    const documentation = documentedSettings(sources);
    return settingsFrom(await linesWhenConfigured(binary), documentation, metadata.filters[0]!.className);
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** What a module logs while it is configured with nothing, by a host that knows nothing. */
async function linesWhenConfigured(binary: Uint8Array): Promise<string[]> {
  const lines: string[] = [];
  const module = await WebAssembly.compile(binary as BufferSource);
  const log = (_level: number, at: number, size: number) => {
    lines.push(Buffer.from(guest.memory.buffer, at, size).toString("utf8"));
    return 0;
  };
  const instance = await WebAssembly.instantiate(module, importsOf(module, log));
  const guest = instance.exports as unknown as Guest;
  guest._initialize();
  guest.proxy_on_configure(1, 0);
  return lines;
}

function importsOf(module: WebAssembly.Module, log: WebAssembly.ImportValue): WebAssembly.Imports {
  const imports: WebAssembly.Imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = name === "proxy_log" ? log : () => 1;
  }
  return imports;
}

/** Reads lines such as `setting⇥credentials[0].key⇥secret⇥required`. */
export function settingsFrom(lines: string[], documentation: Documentation, root: string): Setting[] {
  /** Which class the object at a path is read into. */
  const classes = new Map([["", root]]);
  return lines
    .filter((line) => line.startsWith("setting\t"))
    .map((line) => {
      const [, at, type, need, fallback] = line.split("\t");
      const path = at!.replaceAll("[0]", "[]");
      const [, shape, className] = type!.match(/^(list of|object) ([A-Z]\w*)$/) ?? [];
      if (className) classes.set(shape === "list of" ? `${path}[].` : `${path}.`, className);
      const parent = path.slice(0, path.lastIndexOf(".") + 1);
      return {
        path,
        type: className ? (shape === "list of" ? "list of objects" : "object") : type!,
        required: need === "required",
        fallback: fallback ?? null,
        summary: documentation.get(`${classes.get(parent)}.${path.slice(parent.length)}`) ?? "",
      };
    });
}

/** The settings as a Markdown table. */
export function optionTable(settings: Setting[]): string {
  const rows = settings.map((s) => [`\`${s.path}\``, typeCell(s.type), defaultCell(s), s.summary]);
  const head = [
    ["setting", "type", "default", "what it does"],
    ["---", "---", "---", "---"],
  ];
  return [...head, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function typeCell(type: string): string {
  const options = type.match(/^one of (.*)$/)?.[1];
  return options ? `one of ${options.replaceAll(/[^, ]+/g, "`$&`")}` : type;
}

function defaultCell({ type, required, fallback }: Setting): string {
  if (required) return "required";
  if (fallback === null || fallback === "") return "";
  return type === "text" ? `\`${JSON.stringify(fallback)}\`` : `\`${fallback}\``;
}

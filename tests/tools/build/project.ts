import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { build, type BuildResult } from "../../../tools/build/index.js";

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder of its own with these files. It is removed after the tests. */
export function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-build-"));
  folders.push(folder);
  for (const [name, text] of Object.entries({ "package.json": "{}", ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Builds `filter.ts` with this text, in a folder of its own. */
export function buildText(text: string): Promise<BuildResult> {
  const folder = project({ "sample/filter.ts": text });
  return build({ entry: join(folder, "sample"), outDir: join(folder, "build") });
}

/** A filter with these members; `head` stands in front of its class. */
export function filterText(members: string, head = ""): string {
  return `import { Action, Bytes, Exchange, HttpFilter, config, log, register } from "meshscript/assembly";
${head}
class Sample extends HttpFilter {
${members}
}
register<Sample>();
`;
}

export const ONE_HEADER = filterText(`  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-hello", "world");
    return Action.Continue;
  }`);

/** Names of what a module exports. */
export function exportsOf({ binary }: BuildResult): string[] {
  return WebAssembly.Module.exports(new WebAssembly.Module(binary as BufferSource)).map((e) => e.name);
}

/** Names of what a module imports. */
export function importsOf({ binary }: BuildResult): string[] {
  return WebAssembly.Module.imports(new WebAssembly.Module(binary as BufferSource)).map(
    (i) => `${i.module}.${i.name}`,
  );
}

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { packageRoot } from "../../../../tools/package-root.js";

/** A user's folder with these files, in which `meshscript` is installed; gone after the test. */
export function project(t: Pick<TestContext, "after">, files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-project-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ "package.json": "{}", ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packageRoot, join(folder, "node_modules/meshscript"));
  return folder;
}

/** A filter that greets in a response header. */
export const hello: Record<string, string> = {
  "filters/hello/filter.ts": `import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";

class Hello extends HttpFilter {
  greeting: string = config.text("greeting", "hello");

  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-greeting", this.greeting);
    return Action.Continue;
  }
}

register<Hello>();
`,
  "filters/hello/filter.yaml": `name: hello
summary: Greets.
configuration: { greeting: good morning }
`,
};

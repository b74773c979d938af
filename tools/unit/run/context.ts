import { TestContext } from "@as-pect/core";
import type { TestNode } from "@as-pect/core";
import type { Snapshot } from "@as-pect/snapshots";

const silent = { stdout: null, stderr: null, onEnter() {}, onExit() {}, onFinish() {} };

/** as-pect's context, which tells what it is about to run and keeps one test's findings out of the next one's. */
export class SpecContext extends TestContext {
  constructor(
    fileName: string,
    binary: Uint8Array,
    snapshots: Snapshot,
    private readonly entering: (path: string) => void,
  ) {
    super({ fileName, binary, snapshots, reporter: silent });
  }

  protected override visit(node: TestNode): void {
    this.actual = this.expected = null;
    this.message = this.stack = "";
    this.entering(pathOf(node));
    super.visit(node);
    // as-pect collects what was said of a failure for inner nodes only.
    if (!node.parent && this.errors.length > 0) {
      Object.assign(node, { actual: this.actual, expected: this.expected, message: this.message });
    }
  }
}

/** The names of a test and the groups around it. */
export function pathOf(node: TestNode): string {
  const names: string[] = [];
  for (let at: TestNode | null = node; at; at = at.parent) if (at.name) names.unshift(at.name);
  return names.join(" › ");
}

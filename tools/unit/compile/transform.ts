import type { Parser } from "assemblyscript";
import { weave } from "../coverage/weave.js";
import type { Woven } from "../coverage/weave.js";
import { addEquality } from "./equality.js";
import { requireLibraryOnce } from "./library-once.js";
import { fileOf } from "./sources.js";

const TRIAL = "~lib/meshscript/assembly/testing/index.ts";

/** What the compiler calls between the parsing of a program and its compilation. */
export interface SpecTransform {
  afterParse(parser: Parser): void;
  /** What was woven in. */
  woven: Woven;
}

/** Makes a spec of a program: marks in the statements of `covered` files, class equality, callbacks for a Trial. */
export function specTransform(cwd: string, covered: ReadonlySet<string>): SpecTransform {
  return {
    woven: { sources: [], count: 0 },
    afterParse(parser) {
      requireLibraryOnce(parser.sources, cwd);
      const counted = parser.sources.filter((source) =>
        covered.has(fileOf(source.normalizedPath, cwd) ?? ""),
      );
      this.woven = weave(parser, counted);
      parser.sources.forEach(addEquality);
      if (parser.sources.some((source) => source.normalizedPath === TRIAL)) exportCallbacks(parser);
    },
  };
}

// Only what an entry file exports becomes an export of the module.
function exportCallbacks(parser: Parser): void {
  parser.parseFile('export * from "meshscript/assembly/entry";', "meshscript-callbacks.ts", true);
}

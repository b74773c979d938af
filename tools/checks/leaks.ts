import { extname } from "node:path";
import type { Check, Finding } from "./check.js";
import { projectFiles, textOf } from "./files.js";

interface Leak {
  pattern: RegExp;
  what: string;
  remedy: string;
}

const leaks: Leak[] = [
  {
    pattern: /(?<![\w.~-])\/(?:home|Users)\/[\w.-]+|(?<![\w.~-])\/(?:root|work)\/[\w.-]+/,
    what: "a path of somebody's machine",
    remedy: "Name it relative to the checkout, or by a variable.",
  },
  {
    pattern:
      /\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.org|files\.pythonhosted\.org|static\.crates\.io)\b/,
    what: "a package registry's address",
    remedy: "Leave the address to the user's own settings: name the package.",
  },
];

const binary = new Set([".wasm", ".png", ".jpg", ".gif", ".ico"]);

/** Nothing that is committed knows a machine or a registry. */
export const noLeaks: Check = {
  name: "no machine paths, no registry addresses",
  run: (root) =>
    projectFiles(root)
      .filter((file) => !binary.has(extname(file)))
      .flatMap((file) =>
        textOf(root, file)
          .split("\n")
          .flatMap((text, at) => leaksIn(text, file, at + 1)),
      ),
};

function leaksIn(text: string, file: string, line: number): Finding[] {
  const found = leaks.filter((leak) => leak.pattern.test(text));
  return found.map(({ what, remedy }) => ({ file, line, message: `holds ${what}`, remedy }));
}

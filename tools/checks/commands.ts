import { lineAt, type Check, type Finding } from "./check.js";
import { projectFiles, textIfThere, textOf } from "./files.js";

const command = /\bnpm (?:run ([\w:-]+)|(start|test))\b|\bnpx meshscript ([\w-]+)/g;
const ofMeshscript = new Set(["build", "run", "test", "config", "validate", "pack", "status"]);

/** Whoever copies a command from a page finds that it exists. */
export const knownCommands: Check = {
  name: "commands in pages exist",
  run(root) {
    const scripts = Object.keys(JSON.parse(textIfThere(root, "package.json") || "{}").scripts ?? {});
    const pages = projectFiles(root).filter((file) => file.endsWith(".md") && file !== "CHANGELOG.md");
    return pages.flatMap((page) => unknownIn(page, textOf(root, page), new Set(scripts)));
  },
};

function unknownIn(file: string, text: string, scripts: Set<string>): Finding[] {
  return [...text.matchAll(command)].flatMap((match) => {
    const [shown, script, shortcut, verb] = match;
    const isKnown = verb ? ofMeshscript.has(verb) : scripts.has((script ?? shortcut)!);
    if (isKnown) return [];
    const place = verb ? "the meshscript command" : "package.json";
    const remedy = `Correct the page, or add it to ${place}.`;
    return [{ file, line: lineAt(text, match.index), message: `${place} knows no "${shown}"`, remedy }];
  });
}

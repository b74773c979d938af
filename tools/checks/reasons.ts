import { lineAt, type Check } from "./check.js";
import { textIfThere } from "./files.js";

/** A dependency that nobody can defend goes. */
export const reasonedDependencies: Check = {
  name: "each dependency has its reason",
  run(root) {
    const text = textIfThere(root, "package.json");
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text || "{}");
    const reasons = textIfThere(root, "RATIONALE.md");
    const bare = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !reasons.includes(`\`${name}\``),
    );
    return bare.map((name) => ({
      file: "package.json",
      line: lineAt(text, text.lastIndexOf(`"${name}":`)),
      message: `${name} has no reason`,
      remedy: `Say in RATIONALE.md what \`${name}\` is for, or do without it.`,
    }));
  },
};

import type { Check } from "./check.js";
import { projectFiles, textOf } from "./files.js";

const alarm = 250;

/** Big files are listed: most want to be two. */
export const fileSizes: Check = {
  name: `no source file over ${alarm} lines`,
  advisory: true,
  run: (root) =>
    projectFiles(root)
      .filter((file) => /^(tools|assembly|filters|tests|bench)\/.*\.(ts|mjs)$/.test(file))
      .map((file) => ({ file, lines: textOf(root, file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > alarm)
      .map(({ file, lines }) => ({
        file,
        message: `has ${lines} lines`,
        remedy: "See whether it does two jobs.",
      })),
};

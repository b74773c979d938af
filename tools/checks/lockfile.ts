import type { Check } from "./check.js";
import { textIfThere } from "./files.js";

/** An address in the lock file ties every user to one registry. */
export const lockfile: Check = {
  name: "package-lock.json holds no addresses",
  run: (root) =>
    textIfThere(root, "package-lock.json")
      .split("\n")
      .flatMap((text, at) => {
        if (!/"resolved": *"(?:https?|git)/.test(text)) return [];
        const remedy =
          "Keep omit-lockfile-registry-resolved=true in .npmrc and run: npm install --package-lock-only";
        return [{ file: "package-lock.json", line: at + 1, message: "holds a download address", remedy }];
      }),
};

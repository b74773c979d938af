import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.js";
import { foldersIn, textIfThere } from "./files.js";

/** What each filter brings along. */
export const completeFilters: Check = {
  name: "each filter has its source, manifest, README and traffic file",
  run: (root) =>
    foldersIn(root, "filters").flatMap((name) => {
      const folder = `filters/${name}`;
      const wanted = [
        `${folder}/filter.ts`,
        `${folder}/filter.yaml`,
        `${folder}/README.md`,
        `tests/traffic/${name}.yaml`,
      ];
      const missing = wanted.filter((file) => !existsSync(join(root, file)));
      return missing.map((file) => ({
        file,
        message: "is not there",
        remedy: `Write it: ${folder} is a filter.`,
      }));
    }),
};

/** Traffic files are found by their filter's name. */
export const ownedTraffic: Check = {
  name: "each filter's traffic file plays that filter",
  run: (root) =>
    foldersIn(root, "filters").flatMap((name) => {
      const file = `tests/traffic/${name}.yaml`;
      const text = textIfThere(root, file);
      const plays = new RegExp(`\\bfilter: *["']?${name}["']?(?:[\\s,}]|$)`).test(text);
      if (text === "" || plays) return [];
      return [{ file, message: `names no filter ${name}`, remedy: `Begin a document with: filter: ${name}` }];
    }),
};

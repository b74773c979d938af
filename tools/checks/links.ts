import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { lineAt, type Check, type Finding } from "./check.js";
import { projectFiles, textIfThere, textOf } from "./files.js";

interface Link {
  target: string;
  line: number;
}

/** Links to files of the checkout lead somewhere. */
export const liveLinks: Check = {
  name: "links lead somewhere",
  run: (root) =>
    projectFiles(root)
      .filter(isPage)
      .flatMap((file) => deadLinks(root, file)),
};

/** Each page can be reached from the README. */
export const linkedPages: Check = {
  name: "each page of docs/ is linked",
  run(root) {
    const reached = new Set(["README.md"]);
    for (const page of reached)
      for (const { target } of isPage(page) ? linksIn(textIfThere(root, page), page) : [])
        reached.add(target);
    const lost = projectFiles(root).filter(
      (file) => file.startsWith("docs/") && isPage(file) && !reached.has(file),
    );
    const remedy = "Link it from README.md or from a page that is linked there.";
    return lost.map((file) => ({ file, message: "no page links to it", remedy }));
  },
};

function isPage(file: string): boolean {
  return file.endsWith(".md");
}

function deadLinks(root: string, file: string): Finding[] {
  const dead = linksIn(textOf(root, file), file).filter(({ target }) => !existsSync(join(root, target)));
  const remedy = "Mend the link, or write what it promises.";
  return dead.map(({ target, line }) => ({
    file,
    line,
    message: `links to ${target}, which is not there`,
    remedy,
  }));
}

/** Links within the checkout, as paths relative to it. */
function linksIn(text: string, page: string): Link[] {
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .filter(([, target]) => !/^[a-z]+:/.test(target!))
    .map((match) => ({
      target: posix.join(posix.dirname(page), match[1]!),
      line: lineAt(text, match.index),
    }));
}

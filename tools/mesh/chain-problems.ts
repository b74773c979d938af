import { isNode, type Document, type LineCounter } from "yaml";
import { UserError } from "../errors.js";
import { findManifest } from "../manifest/find.js";
import type { Problem } from "../manifest/problems.js";
import { imageProblem } from "./image.js";
import type { WrittenLink, WrittenMesh } from "./mesh.js";

/** What no schema says of a chain: filters that are not there, two of one name, images that name no version. */
export function chainProblems(
  { filters }: WrittenMesh,
  folder: string,
  document: Document,
  lines: LineCounter,
): Problem[] {
  const problem = (at: number, key: string, text: string): Problem => {
    const node = document.getIn(["filters", at, key], true);
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    return { line: lines.linePos(offset).line, text: `filters[${at}].${key}: ${text}` };
  };
  const names = filters.map(nameOf);
  return filters.flatMap((link, at) => {
    const missing = missingFilter(link, folder);
    const wrong = link.image === undefined ? null : imageProblem(link.image);
    const twice = `a second ${names[at]}: give it a name of its own`;
    return [
      ...(missing === null ? [] : [problem(at, "filter", missing)]),
      ...(wrong === null ? [] : [problem(at, "image", `${link.image}: ${wrong}`)]),
      ...(names.indexOf(names[at]!) < at ? [problem(at, link.name ? "name" : "filter", twice)] : []),
    ];
  });
}

/** Why the manifest cannot be had, with what may be meant. */
function missingFilter({ filter }: WrittenLink, folder: string): string | null {
  try {
    findManifest(filter, folder);
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message, error.hint].filter(Boolean).join(". ");
  }
}

/** A filter that is named by its folder or manifest is called after the folder. */
function nameOf({ filter, name }: WrittenLink): string {
  const folder = filter.replace(/\/?([^/]+\.ya?ml)?$/, "");
  return name ?? folder.split("/").at(-1)!;
}

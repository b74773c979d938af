import { relative, resolve } from "node:path";

/** A path as messages show it: short where it lies below the current folder. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith("..") ? resolve(path) : short || ".";
}

/**
 * The path as filters and upstream see it: dot segments resolved, slashes merged, unreserved characters decoded.
 * Null: refused, for an escaped slash or a NUL in it could be read in two ways.
 */
export function normalisePath(target: string): string | null {
  const mark = target.search(/[?#]/);
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  if (!path.startsWith("/") || query.includes("#") || /%2f|%5c|%00/i.test(path)) return null;
  return mergeSlashes(removeDotSegments(canonical(path))) + query;
}

function canonical(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (escape, hex) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : escape;
  });
  return decoded.replace(/\\/g, "/").replace(/["<>^`{|}\x80-\xff]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
    if (last && /^\.\.?$/.test(segment)) kept.push("");
  });
  return `/${kept.join("/")}`;
}

/** A path of nothing but slashes keeps two of them, as in Envoy. */
function mergeSlashes(path: string): string {
  if (!path.includes("//")) return path;
  const inner = path.split("/").filter((segment) => segment !== "");
  return `/${inner.join("/")}${path.endsWith("/") ? "/" : ""}`;
}

/** What comments say of settings, by class and key: `Credential.client`. */
export type Documentation = Map<string, string>;

const CLASS = /^(?:export )?(?:abstract )?class (\w+)/;
const FIELD =
  /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\s*(?:private |protected |readonly )*\w+\s*:[^=;]+=\s*config\.\w+(?:<\w+>)?\(\s*"([^"]+)"/g;

/** The comments in front of the fields that read settings, in the sources of a filter. */
export function documentedSettings(sources: string[]): Documentation {
  const found: Documentation = new Map();
  for (const part of sources.flatMap((text) => text.split(/^(?=(?:export )?(?:abstract )?class )/m))) {
    const owner = part.match(CLASS)?.[1];
    if (!owner) continue;
    for (const [, comment, key] of part.matchAll(FIELD)) found.set(`${owner}.${key}`, oneLine(comment!));
  }
  return found;
}

function oneLine(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}

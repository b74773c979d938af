/** What comments say of settings, by class and key: `Credential.client`. */
export type Documentation = Map<string, string>;

const CLASS = /^(?:export )?(?:abstract )?class (\w+)(?: extends (\w+))?/;
const FIELD =
  /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\s*(?:private |protected |readonly )*\w+\s*:[^=;]+=\s*(?:config\.)?\w+(?:<\w+>)?\(\s*(?:utf8\()?"([^"]+)"/g;

/** The comments in front of the fields that read settings, in the sources of a filter and of what it shares. */
export function documentedSettings(sources: string[]): Documentation {
  const found: Documentation = new Map();
  const bases = new Map<string, string>();
  for (const part of sources.flatMap((text) => text.split(/^(?=(?:export )?(?:abstract )?class )/m))) {
    const [, owner, base] = part.match(CLASS) ?? [];
    if (!owner) continue;
    if (base) bases.set(owner, base);
    for (const [, comment, key] of part.matchAll(FIELD)) found.set(`${owner}.${key}`, oneLine(comment!));
  }
  for (const owner of bases.keys()) inherit(found, owner, bases);
  return found;
}

/** What is said of a class's settings holds for those that extend it, unless they say otherwise. */
function inherit(found: Documentation, owner: string, bases: Map<string, string>): void {
  for (let base = bases.get(owner); base !== undefined; base = bases.get(base)) {
    const inherited = [...found].filter(([key]) => key.startsWith(`${base}.`));
    for (const [key, comment] of inherited) {
      const own = owner + key.slice(base.length);
      if (!found.has(own)) found.set(own, comment);
    }
  }
}

function oneLine(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}

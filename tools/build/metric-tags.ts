// Names of metrics' tags, as an author's file states them: `new Counter("requests", ["route", "status"])`. A host has to be
// told of them beforehand, so they count only where they stand there as texts.

const TAGGED = /\bnew\s+(?:Counter|Gauge|Histogram)\s*\(\s*[^,()]+,\s*\[([^\]]*)\]/g;
const TEXT = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g;

/** The tags that these files' metrics have, sorted, each once. */
export function metricTags(sources: readonly string[]): string[] {
  const lists = sources.flatMap((text) => [...text.matchAll(TAGGED)].map((found) => found[1]!));
  const names = lists.flatMap((list) => [...list.matchAll(TEXT)].map((text) => text[1] ?? text[2]!));
  return [...new Set(names)].sort();
}

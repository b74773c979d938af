// Names of metrics' tags, as an author's file states them: `new Counter("requests", ["route", "status"])`, or in a part of
// the metric's name as the host has it, `".denied.;reason=."`. A host has to be told of them beforehand, so they count only
// where they stand there as texts.

const TAGGED = /\bnew\s+(?:Counter|Gauge|Histogram)\s*\(\s*[^,()]+,\s*\[([^\]]*)\]/g;
const IN_NAME = /"[^"\n]*\.;(\w+)=\."/g;
const TEXT = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g;

/** The tags that these files' metrics have, sorted, each once. */
export function metricTags(sources: readonly string[]): string[] {
  const lists = sources.flatMap((text) => [...text.matchAll(TAGGED)].map((found) => found[1]!));
  const names = lists.flatMap((list) => [...list.matchAll(TEXT)].map((text) => text[1] ?? text[2]!));
  const inNames = sources.flatMap((text) => [...text.matchAll(IN_NAME)].map((found) => found[1]!));
  return [...new Set([...names, ...inNames])].sort();
}

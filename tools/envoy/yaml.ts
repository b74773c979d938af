import { Document, Scalar, YAMLMap, YAMLSeq, Pair } from "yaml";

/** A value to be written as YAML; undefined members are left out. */
export type Tree = string | number | boolean | null | Note | Tree[] | { [key: string]: Tree | undefined };

/** A value with the reason why it is there, which becomes a comment above its key. */
class Note {
  constructor(
    readonly why: string,
    readonly value: Tree,
  ) {}
}

export function note(why: string, value: Tree): Tree {
  return new Note(why, value);
}

/** Keys keep the order in which they were written, so equal trees give equal text. */
export function toYaml(tree: Tree, heading: string): string {
  // Envoy's parser still reads yes, no, on and off as booleans: version 1.1 quotes them.
  const document = new Document(null, { version: "1.1" });
  document.contents = nodeOf(tree) as typeof document.contents;
  if (heading !== "") document.commentBefore = comment(heading);
  return document.toString({ lineWidth: 0 });
}

function nodeOf(tree: Tree): Scalar | YAMLMap | YAMLSeq {
  if (tree instanceof Note) return nodeOf(tree.value);
  if (Array.isArray(tree)) return sequence(tree);
  if (tree !== null && typeof tree === "object") return map(tree);
  return new Scalar(tree);
}

function sequence(items: Tree[]): YAMLSeq {
  const node = new YAMLSeq();
  node.items = items.map(nodeOf);
  node.flow = items.length === 0;
  return node;
}

function map(members: { [key: string]: Tree | undefined }): YAMLMap {
  const node = new YAMLMap();
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    const key = new Scalar(name);
    if (value instanceof Note) key.commentBefore = comment(value.why);
    node.items.push(new Pair(key, nodeOf(value)));
  }
  node.flow = node.items.length === 0;
  return node;
}

function comment(text: string): string {
  return text
    .split("\n")
    .map((line) => ` ${line}`)
    .join("\n");
}

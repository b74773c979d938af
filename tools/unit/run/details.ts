import type { ReflectedValue, TestContext, TestNode } from "@as-pect/core";
import { pathOf } from "./context.js";
import type { Locate } from "./locate.js";

const plain = (text: string): string => text;
const STYLE = {
  keywordFormatter: plain,
  stringFormatter: plain,
  classNameFormatter: plain,
  numberFormatter: plain,
  maxExpandLevel: 10,
};

/** What a reader should see of a finished spec: each failure with its reason and place, and everything logged. */
export function detailsOf(context: TestContext, locate: Locate): string[] {
  const lines: string[] = [];
  const add = (node: TestNode): void => {
    const about = [...failure(node, context, locate), ...node.logs.map((value) => `log: ${show(value)}`)];
    if (about.length > 0) lines.push(pathOf(node) || "outside of any test", ...about.flatMap(indent));
    node.children.forEach(add);
  };
  add(context.rootNode);
  return lines;
}

function failure(node: TestNode, context: TestContext, locate: Locate): string[] {
  if (node.pass) return [];
  if (node.negated) return ["Expected: throws", "Actual:   returned"];
  const stack = node.parent ? node.stackTrace : context.errors[0]?.stackTrace;
  // A group that only holds failing tests has nothing of its own to say.
  if (!stack) return [];
  return [...values(node), reason(node, stack), ...places(stack, locate)].filter((line) => line !== "");
}

function values(node: TestNode): string[] {
  const lines: string[] = [];
  if (node.actual) lines.push(`Actual:   ${show(node.actual)}`);
  if (node.expected) lines.push(`Expected: ${node.expected.negated ? "not " : ""}${show(node.expected)}`);
  return lines;
}

// An abort ends in the instruction `unreachable`; any other trap speaks for itself.
function reason(node: TestNode, stack: string): string {
  const trap = stack.split("\n")[0]!;
  if (!trap.endsWith("unreachable")) return trap;
  return node.message ? `Message:  ${node.message.trim()}` : node.actual ? "" : trap;
}

function places(stack: string, locate: Locate): string[] {
  return locate(stack)
    .slice(0, 8)
    .map((found) => `at ${found}`);
}

function show(value: ReflectedValue): string {
  return value.stringify({ ...STYLE, indent: 0, tab: 2 }).trim();
}

function indent(text: string): string[] {
  return text.split("\n").map((line) => `  ${line}`);
}

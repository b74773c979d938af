/** The functions and operators that an expression's tree calls, wherever in it. */
export function functionNames(node: unknown): string[] {
  if (typeof node !== "object" || node === null || node instanceof Uint8Array) return [];
  const called = isCall(node) ? [node.value.function] : [];
  return [...called, ...Object.values(node).flatMap(functionNames)];
}

function isCall(node: object): node is { case: "callExpr"; value: { function: string } } {
  return "case" in node && node.case === "callExpr";
}

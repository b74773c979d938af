import type { CelEnv, CelValue } from "@bufbuild/cel";
import type { PropertyTree } from "../properties/tree.js";
import { functionNames } from "./functions.js";
import { variables } from "./input.js";
import { cel } from "./library.js";

/** Stands for the value of an expression that came to an error. */
export const failed = Symbol("failed");

/** An expression, ready to be asked. */
export type Expression = (properties: PropertyTree) => CelValue | typeof failed;

/** The language itself, rather than a function of it. */
const operators = new Set(["_[_]", "_?_:_", "_&&_", "_||_", "@not_strictly_false", "__not_strictly_false__"]);

let environment: CelEnv | undefined;

/** Throws an Error that says what is wrong with the text: its form, or a function that Envoy does not know. */
export function compileExpression(source: string): Expression {
  const { celEnv, isCelError, parse, plan } = cel();
  const { expr } = parse(source);
  environment ??= celEnv();
  const { funcs } = environment;
  const unknown = functionNames(expr).find((name) => !operators.has(name) && !funcs.find(name));
  if (unknown !== undefined) throw new Error(`no function is called ${unknown}`);
  const evaluate = plan(environment, expr);
  return (properties) => {
    const value = evaluate(variables(properties));
    return isCelError(value) ? failed : value;
  };
}

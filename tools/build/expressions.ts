/** The little of binaryen.js that passes use: the compiler hands a transform its own copy. */
export interface Binaryen {
  [kind: string]: unknown;
  BlockId: number;
  CallId: number;
  CallIndirectId: number;
  ConstId: number;
  getGlobalInfo(global: number): { init: number };
  getFunctionInfo(func: number): { body: number };
  getExpressionId(expression: number): number;
  getExpressionInfo(expression: number): ExpressionInfo;
  Call: {
    setOperandAt(expression: number, index: number, operand: number): void;
    setTarget(expression: number, name: string): void;
  };
}

export interface ExpressionInfo {
  id: number;
  value?: unknown;
  target?: unknown;
  operands?: number[];
  [field: string]: unknown;
}

/** Fields that hold other expressions, for the kinds that can hold a call. Inside any other kind nothing is looked at. */
const FIELDS: Record<string, string[]> = {
  Block: ["children"],
  If: ["condition", "ifTrue", "ifFalse"],
  Loop: ["body"],
  Break: ["condition", "value"],
  Switch: ["condition", "value"],
  Call: ["operands"],
  CallIndirect: ["target", "operands"],
  LocalSet: ["value"],
  GlobalSet: ["value"],
  Load: ["ptr"],
  Store: ["ptr", "value"],
  Unary: ["value"],
  Binary: ["left", "right"],
  Select: ["ifTrue", "ifFalse", "condition"],
  Drop: ["value"],
  Return: ["value"],
  MemoryGrow: ["delta"],
  MemoryCopy: ["dest", "source", "size"],
  MemoryFill: ["dest", "value", "size"],
};

/** A function that lists the expressions directly inside one. */
export function childLister(binaryen: Binaryen): (expression: number) => number[] {
  const fields = new Map(Object.entries(FIELDS).map(([kind, names]) => [binaryen[`${kind}Id`], names]));
  return (expression) => {
    const names = fields.get(binaryen.getExpressionId(expression));
    if (!names) return [];
    const info = binaryen.getExpressionInfo(expression);
    return names.flatMap((name) => info[name] as number | number[]).filter((inside) => inside !== 0);
  };
}

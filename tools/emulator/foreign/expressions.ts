import { Status } from "../abi/values.js";
import { output } from "../cel/output.js";
import { compileExpression, failed, type Expression } from "../cel/expression.js";
import type { Vm } from "../vm.js";
import type { ForeignFunction } from "./function.js";

interface Expressions {
  all: Map<number, Expression>;
  created: number;
}

const tokenSize = 4;
const expressionsOf = new WeakMap<Vm, Expressions>();

/** Takes the expression's text, answers the number under which the VM may ask for it. */
export const exprCreate: ForeignFunction = ({ vm }, bytes) => {
  try {
    const expression = compileExpression(strictUtf8.decode(bytes));
    const { all, created } = expressions(vm);
    all.set(created, expression);
    expressions(vm).created++;
    return token(created);
  } catch (error) {
    vm.surroundings.log.host("info", "", `expr_create: ${(error as Error).message}`);
    return Status.BadArgument;
  }
};

/** Answers the expression's value for the stream or plugin that asks. */
export const exprEvaluate: ForeignFunction = ({ vm, context }, bytes) => {
  if (bytes.length !== tokenSize) return Status.BadArgument;
  const expression = expressions(vm).all.get(Buffer.from(bytes).readUInt32LE());
  if (!expression) return Status.NotFound;
  const value = expression(context.properties());
  if (value === failed) return Status.InternalFailure;
  return output(value) ?? Status.SerializationFailure;
};

export const exprDelete: ForeignFunction = ({ vm }, bytes) => {
  if (bytes.length !== tokenSize) return Status.BadArgument;
  expressions(vm).all.delete(Buffer.from(bytes).readUInt32LE());
  return Status.Ok;
};

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

function expressions(vm: Vm): Expressions {
  const present = expressionsOf.get(vm) ?? { all: new Map<number, Expression>(), created: 0 };
  expressionsOf.set(vm, present);
  return present;
}

function token(number: number): Uint8Array {
  const bytes = Buffer.alloc(tokenSize);
  bytes.writeUInt32LE(number);
  return bytes;
}

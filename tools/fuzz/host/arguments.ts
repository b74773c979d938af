import { decodePairs } from "../../emulator/abi/pairs.js";
import type { Header } from "../../emulator/index.js";
import { ProblemError } from "../finding.js";
import type { Memory } from "./memory.js";
import { lastMember, width, type Shape } from "./shapes.js";

/** What a guest handed to a host function, by shape and in order. */
export interface Arguments {
  texts: string[];
  numbers: number[];
  lists: Header[][];
  /** Where bytes, numbers and wide numbers are wanted. */
  gives: [pointer: number, size: number][];
  outs: number[];
  wideOuts: number[];
}

/** Reads the arguments of a call. Throws where they are not what the ABI asks for. */
export function argumentsOf(
  name: string,
  shapes: readonly Shape[],
  args: readonly number[],
  memory: Memory,
): Arguments {
  const read: Arguments = { texts: [], numbers: [], lists: [], gives: [], outs: [], wideOuts: [] };
  let at = 0;
  for (const shape of shapes) {
    take(read, shape, args.slice(at, at + width(shape)), name, memory);
    at += width(shape);
  }
  return read;
}

function take(to: Arguments, shape: Shape, [first, second]: number[], name: string, memory: Memory): void {
  if (shape === "give") to.gives.push([first!, second!]);
  else if (shape === "out") to.outs.push(first!);
  else if (shape === "out64") to.wideOuts.push(first!);
  else if (shape === "list") to.lists.push(listOf(memory.text(first!, second!, name), name));
  else if (second !== undefined) to.texts.push(checked(shape, memory.text(first!, second, name), name));
  else to.numbers.push(member(shape, first!, name));
}

const writes = /^proxy_(add|replace)_/;
const token = /^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** No guest may ask for a field that could end where it does not: that is how requests are smuggled. */
function checked(shape: Shape, text: string, name: string): string {
  const wrong =
    shape === "value" ? /[\0\r\n]/.test(text) : shape === "name" && writes.test(name) && !token.test(text);
  if (wrong)
    throw new ProblemError(
      "abi",
      `${name}: the ${shape} ${JSON.stringify(text.slice(0, 80))} is not allowed in a field`,
    );
  return text;
}

function listOf(text: string, name: string): Header[] {
  const pairs = text === "" ? [] : decodePairs(Buffer.from(text, "latin1"));
  if (pairs === null) throw new ProblemError("abi", `${name}: what it was handed is no list of fields`);
  for (const [field, value] of pairs) {
    if (!token.test(field) || /[\0\r\n]/.test(value))
      throw new ProblemError(
        "abi",
        `${name}: the field ${JSON.stringify([field, value]).slice(0, 120)} is not allowed`,
      );
  }
  return pairs;
}

function member(shape: Shape, value: number, name: string): number {
  const last = lastMember[shape];
  if (last === undefined || (value >= 0 && value <= last)) return value;
  throw new ProblemError("abi", `${name}: ${value} is no ${shape}`);
}

// The smaller collector does not run by itself, and the library tells it to by what was made since it ran last. It is counted
// where objects are made, which is in the compiler's library.

const MAKER = "~lib/rt/tcms/__new";
const MADE = "~lib/meshscript/assembly/abi/collect/made";
/** What the collector keeps about an object, in front of it. */
const HEADER = 20;

const I32 = 2;

/** The little of binaryen.js that this pass uses. */
export interface CountedModule {
  getFunction(name: string): number;
  getGlobal(name: string): number;
  removeFunction(name: string): void;
  addFunction(name: string, params: number, results: number, vars: number[], body: number): number;
  block(label: string | null, children: number[], type?: number): number;
  local: { get(index: number, type: number): number };
  global: { get(name: string, type: number): number; set(name: string, value: number): number };
  i32: { const(value: number): number; add(left: number, right: number): number };
}

export interface FunctionReader {
  getFunctionInfo(func: number): { params: number; results: number; vars: number[]; body: number };
}

/** Has a module with the smaller collector count the bytes of each object that it makes. */
export function countObjects(module: CountedModule, { getFunctionInfo }: FunctionReader): void {
  const maker = module.getFunction(MAKER);
  if (maker === 0 || module.getGlobal(MADE) === 0) return;
  const { params, results, vars, body } = getFunctionInfo(maker);
  const size = module.i32.add(module.local.get(0, I32), module.i32.const(HEADER));
  const counted = module.global.set(MADE, module.i32.add(module.global.get(MADE, I32), size));
  module.removeFunction(MAKER);
  module.addFunction(MAKER, params, results, vars, module.block(null, [counted, body], results));
}

import type { Segment } from "./data.js";
import { childLister, type Binaryen } from "./expressions.js";

// The library encodes texts when it sends them. For literals this pass does it at build time: a call of one of the
// library's encoders with a literal becomes the address of finished bytes, so a module whose texts are all literals
// needs no encoder at all.

const WIRE = "~lib/meshscript/assembly/abi/wire/";

/** Encoders by name, with what they make of a text; null leaves the call to the module, which refuses it with a message. */
const ENCODERS: Record<string, (text: string) => Buffer | null> = {
  [`${WIRE}utf8`]: (text) => Buffer.from(text, "utf8"),
  [`${WIRE}valueOf`]: (text) => (/[\0\r\n]/.test(text) ? null : Buffer.from(text, "utf8")),
  [`${WIRE}nameOf`]: (text) =>
    /^:?[!#$%&'*+.^_`|~\w-]+$/.test(text) ? Buffer.from(text.toLowerCase()) : null,
};

/** What the compiler's own checks call, with a message and a file, and what takes those two encoded. */
const ABORT = "~lib/meshscript/assembly/abi/abort/onAbort";
const ENCODED_ABORT = "~lib/meshscript/assembly/abi/abort/onEncodedAbort";

/** What tells a collector that an object is in use. */
const VISIT = /^~lib\/rt\/i?tcms\/__visit$/;

/** Room for finished texts in the library, as big as it says there. */
const ROOM = 8192;

interface Functions {
  getNumFunctions(): number;
  getFunctionByIndex(index: number): number;
  getGlobal(name: string): number;
  i32: { const(value: number): number };
}

export class LiteralPass {
  /** Finished texts, to be put into the module's memory. */
  readonly placed: Segment[] = [];
  private readonly known = new Map<string, number>();
  private readonly children: (expression: number) => number[];
  private next = 0;
  private end = 0;

  constructor(
    private readonly binaryen: Binaryen,
    /** String literals by their address. */
    private readonly texts: Map<number, string>,
  ) {
    this.children = childLister(binaryen);
  }

  /** Rewrites the calls in all functions of a module. */
  run(module: Functions): void {
    const room = module.getGlobal(`${WIRE}LITERALS`);
    this.next = Number(this.binaryen.getExpressionInfo(this.binaryen.getGlobalInfo(room).init).value);
    this.end = this.next + ROOM;
    for (let i = 0; i < module.getNumFunctions(); ++i) {
      const { body } = this.binaryen.getFunctionInfo(module.getFunctionByIndex(i));
      if (body) this.visit(module, body);
    }
  }

  private visit(module: Functions, expression: number): void {
    for (const child of this.children(expression)) this.visit(module, child);
    if (this.binaryen.getExpressionId(expression) !== this.binaryen.CallId) return;
    const info = this.binaryen.getExpressionInfo(expression);
    const encode = ENCODERS[String(info.target)];
    if (encode) this.replace(module, expression, info.operands![0]!, encode);
    if (info.target === ABORT) this.replaceAbort(module, expression, info.operands!.slice(0, 2));
    if (VISIT.test(String(info.target))) this.dropVisit(module, expression, info.operands![0]!);
  }

  /** No collector collects a literal, and one that is only looked after need not be there: 0 stands for no object. */
  private dropVisit(module: Functions, call: number, operand: number): void {
    if (this.texts.has(this.constantOf(operand) ?? 0))
      this.binaryen.Call.setOperandAt(call, 0, module.i32.const(0));
  }

  private replaceAbort(module: Functions, call: number, operands: number[]): void {
    const addresses = operands.map((operand) => this.encodedAbortText(operand));
    if (addresses.includes(null)) return;
    addresses.forEach((address, i) => this.binaryen.Call.setOperandAt(call, i, module.i32.const(address!)));
    this.binaryen.Call.setTarget(call, ENCODED_ABORT);
  }

  /** Address of an encoded text; 0 stands for a missing one, null for one that is no literal or has no room. */
  private encodedAbortText(operand: number): number | null {
    const constant = this.constantOf(operand);
    const text = this.texts.get(constant ?? 0);
    if (text === undefined) return constant === 0 ? 0 : null;
    return this.place(Buffer.from(text, "utf8")) || null;
  }

  private replace(
    module: Functions,
    call: number,
    operand: number,
    encode: (text: string) => Buffer | null,
  ): void {
    const text = this.texts.get(this.constantOf(operand) ?? 0);
    const bytes = text === undefined || /\p{Surrogate}/u.test(text) ? null : encode(text);
    const address = bytes && this.place(bytes);
    if (!address) return;
    this.binaryen.Call.setOperandAt(call, 0, module.i32.const(address));
    this.binaryen.Call.setTarget(call, `${WIRE}literal`);
  }

  /** The constant that an operand comes down to, null where it does not. */
  private constantOf(expression: number): number | null {
    const { CallId, CallIndirectId, ConstId, BlockId } = this.binaryen;
    const id = this.binaryen.getExpressionId(expression);
    if (id === ConstId) return Number(this.binaryen.getExpressionInfo(expression).value);
    // For the collector's sake an argument is first written to its stack: a block that calls nothing is just that.
    const inside = id === BlockId ? this.children(expression) : [];
    const calls = inside.some((child) =>
      [CallId, CallIndirectId].includes(this.binaryen.getExpressionId(child)),
    );
    return inside.length === 0 || calls ? null : this.constantOf(inside.at(-1)!);
  }

  /** Address of these bytes, their size in front of them; 0 where there is no room left. */
  private place(bytes: Buffer): number {
    const key = bytes.toString("latin1");
    const before = this.known.get(key);
    if (before) return before;
    const address = this.next + 4;
    const end = (address + bytes.length + 3) & ~3;
    if (end > this.end) return 0;
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    this.placed.push({ address: this.next, bytes: Buffer.concat([size, bytes]) });
    this.known.set(key, address);
    this.next = end;
    return address;
  }
}

import { flags } from "./kinds.js";
import type { FilterInfo } from "./metadata.js";

// What the compiler knows of a module's filters once all names are linked. The compiler's own classes have no published
// types that fit a transform's view, so the little that is used of them is described here.

interface Element {
  name: string;
  internalName: string;
}

interface ClassPrototype extends Element {
  basePrototype: ClassPrototype | null;
  instanceMembers: Map<string, { isField?: boolean }> | null;
  constructorPrototype: unknown;
  extendsNode: { typeArguments: unknown[] | null } | null;
  is(flag: number): boolean;
}

export interface Program {
  elementsByName: Map<string, Element>;
}

/** Bases of all filters, as the compiler names them. */
const BASES = {
  http: "~lib/meshscript/assembly/http/filter/HttpFilter",
  tcp: "~lib/meshscript/assembly/tcp/filter/TcpFilter",
};

const GRPC_STREAM = "~lib/meshscript/assembly/callout/grpc-stream/GrpcStream";

export interface FilterClass extends FilterInfo {
  /** Handlers that it or a class between it and the base overrides. */
  handlers: Set<string>;
  /** Whether something runs when its object is made. */
  hasConstructor: boolean;
}

/** Each class of the module that extends `HttpFilter` or `TcpFilter` and can be made. */
export function filterClasses(program: Program): FilterClass[] {
  return [...classesOf(program, "http"), ...classesOf(program, "tcp")];
}

/** Handlers that classes of the module that extend `GrpcStream` override. */
export function grpcStreamHandlers(program: Program): Set<string> {
  const base = program.elementsByName.get(GRPC_STREAM) as ClassPrototype | undefined;
  const classes = [...new Set(program.elementsByName.values())] as ClassPrototype[];
  const own = base
    ? classes.filter((c) => c !== base && "basePrototype" in c && lineage(c).includes(base))
    : [];
  return new Set(own.flatMap((c) => [...(c.instanceMembers?.keys() ?? [])]));
}

function classesOf(program: Program, kind: FilterInfo["kind"]): FilterClass[] {
  const base = program.elementsByName.get(BASES[kind]) as ClassPrototype | undefined;
  if (!base) return [];
  const classes = new Set(program.elementsByName.values()) as Set<ClassPrototype>;
  return [...classes]
    .filter((c) => c !== base && "basePrototype" in c && !c.is(flags.Abstract) && lineage(c).includes(base))
    .map((c) => describe(lineage(c, base), kind));
}

/** A class and those it extends, up to `end` without it. */
function lineage(from: ClassPrototype, end: ClassPrototype | null = null): ClassPrototype[] {
  const classes: ClassPrototype[] = [];
  for (let c: ClassPrototype | null = from; c && c !== end; c = c.basePrototype) classes.push(c);
  return classes;
}

function describe(classes: ClassPrototype[], kind: FilterInfo["kind"]): FilterClass {
  const members = classes.flatMap((c) => [...(c.instanceMembers ?? [])]);
  return {
    className: classes[0]!.name,
    rootId: "",
    kind,
    settings: members.some(([, member]) => member.isField === true),
    holdsHeaders: members.some(([name]) => /^onWhole(Request|Response)$/.test(name)),
    stateful: classes.some((c) => (c.extendsNode?.typeArguments?.length ?? 0) > 0),
    hasConstructor: classes.some((c) => c.constructorPrototype !== null),
    handlers: new Set(members.map(([name]) => name)),
  };
}

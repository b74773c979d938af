import { Parser } from "assemblyscript";
import type { ClassDeclaration, NamespaceDeclaration, Source, Statement } from "assemblyscript";
import { CommonFlags, NodeKind } from "./kinds.js";

/**
 * Gives every class of a source the two methods through which as-pect compares and prints objects. They are written as
 * text and parsed, so that nothing here depends on how the compiler numbers or builds its nodes.
 */
export function addEquality(source: Source): void {
  const classes = [...classesOf(source.statements)];
  if (classes.length === 0) return;
  const parser = new Parser();
  // Under the source's own path: the compiler looks a member's source up by it.
  parser.parseFile(classes.map(methods).join("\n"), source.normalizedPath, false);
  const parsed = parser.sources[0]!.statements as ClassDeclaration[];
  classes.forEach((found, i) => found.members.push(...parsed[i]!.members));
}

function* classesOf(statements: readonly Statement[]): Generator<ClassDeclaration> {
  for (const statement of statements) {
    if (statement.kind === NodeKind.ClassDeclaration) yield statement as ClassDeclaration;
    if (statement.kind === NodeKind.NamespaceDeclaration) {
      yield* classesOf((statement as NamespaceDeclaration).members);
    }
  }
}

function methods(declaration: ClassDeclaration): string {
  const parameters = declaration.typeParameters?.map((parameter) => parameter.name.text).join() ?? "";
  const self = declaration.name.text + (parameters && `<${parameters}>`);
  const names = propertiesOf(declaration);
  const seenHere = `StaticArray.concat(ignore, [${names.map(hash).join()}] as StaticArray<i64>)`;
  return `class ${self} {
    __aspectStrictEquals(rawRef: Object, stack: usize[], cache: usize[], ignore: StaticArray<i64>): bool {
      if (!(rawRef instanceof ${self})) return false;
      const ref = rawRef as ${self};
      ${names.map(comparison).join("\n")}
      if (isDefined(super.__aspectStrictEquals)) {
        if (!super.__aspectStrictEquals(ref, stack, cache, ${seenHere})) return false;
      }
      return true;
    }
    __aspectAddReflectedValueKeyValuePairs(value: i32, seen: Map<usize, i32>, ignore: StaticArray<i64>): void {
      if (isDefined(super.__aspectAddReflectedValueKeyValuePairs)) {
        super.__aspectAddReflectedValueKeyValuePairs(value, seen, ${seenHere});
      }
      ${names.map(reflection).join("\n")}
    }
  }`;
}

/** Fields and getters, as as-pect's own transform takes them. */
function propertiesOf(declaration: ClassDeclaration): string[] {
  return declaration.members
    .filter((member) => member.is(CommonFlags.Instance))
    .filter(
      (member) =>
        member.kind === NodeKind.FieldDeclaration ||
        (member.kind === NodeKind.MethodDeclaration && member.is(CommonFlags.Get)),
    )
    .map((member) => member.name.text);
}

function comparison(name: string): string {
  return `if (!ignore.includes(${hash(name)})
    && Reflect.equals(this.${name}, ref.${name}, stack, cache) == Reflect.FAILED_MATCH) return false;`;
}

function reflection(name: string): string {
  return `if (!ignore.includes(${hash(name)})) {
    __aspectPushReflectedObjectKey(value, Reflect.toReflectedValue("${name}", seen));
    __aspectPushReflectedObjectValue(value, Reflect.toReflectedValue(this.${name}, seen));
  }`;
}

// A subclass tells its base which properties it has dealt with, by a number for each name.
function hash(name: string): bigint {
  let value = 5381n;
  for (const character of name) value = (value * 33n + BigInt(character.codePointAt(0)!)) & 0x7fffffffn;
  return value;
}

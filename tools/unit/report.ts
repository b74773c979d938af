import pc from "picocolors";
import type { SpecResult } from "./types.js";

/** A finished spec: one line, and below it what is worth reading. */
export function specLines(result: SpecResult): string[] {
  const { ok, spec, milliseconds } = result;
  const mark = ok ? pc.green("✓") : pc.red("✗");
  const line = `${mark} ${spec}  ${counts(result)}  ${pc.dim(`${(milliseconds / 1000).toFixed(1)} s`)}`;
  return [
    line,
    ...result.details.flatMap((detail) => detail.split("\n")).map((detail) => `    ${paint(detail)}`),
  ];
}

/** The line of totals that ends a run. */
export function totalLine(specs: readonly SpecResult[]): string {
  const red = specs.filter((spec) => !spec.ok).length;
  const total = (of: "tests" | "passed" | "todos"): number => specs.reduce((sum, spec) => sum + spec[of], 0);
  const all = { tests: total("tests"), passed: total("passed"), todos: total("todos") };
  return `${plural(specs.length, "spec file")}${red ? pc.red(`, ${red} failed`) : ""}: ${counts(all)}`;
}

function counts({ tests, passed, todos }: Pick<SpecResult, "tests" | "passed" | "todos">): string {
  const failed = tests - passed;
  return [
    plural(tests, "test"),
    ...(failed ? [pc.red(`${failed} failed`)] : []),
    ...(todos ? [pc.yellow(`${todos} todo`)] : []),
  ].join(", ");
}

function paint(detail: string): string {
  if (detail.startsWith("  Actual:")) return pc.red(detail);
  return detail.startsWith("  Expected:") ? pc.green(detail) : detail;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

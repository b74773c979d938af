import { parseArgs } from "node:util";
import { packageRoot } from "../package-root.js";
import { terminal, type Terminal } from "../terminal/index.js";
import { checks } from "./all.js";
import type { Check, Finding } from "./check.js";

/**
 * `npm run check`: a line for each promise that the repository makes. Words limit it to the promises that hold them;
 * `--write` first writes anew what is generated.
 */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { write: { type: "boolean" } },
  });
  const wanted = checks.filter(({ name }) => positionals.every((word) => name.includes(word)));
  if (values.write) for (const one of wanted) await one.mend?.(packageRoot);
  const screen = terminal();
  const verdicts = await Promise.all(wanted.map((one) => report(one, packageRoot, screen)));
  const failed = verdicts.filter((isKept) => !isKept).length;
  screen.line(`\n${verdicts.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Runs one check, shows how it went, and tells whether its promise is kept. */
export async function report(one: Check, root: string, { line, colors }: Terminal): Promise<boolean> {
  const findings = await findingsOf(one, root);
  const isKept = findings.length === 0 || one.advisory === true;
  const mark = isKept ? (findings.length > 0 ? colors.yellow("!") : colors.green("✓")) : colors.red("✗");
  line([`${mark} ${one.name}`, ...findings.map((finding) => `    ${sentence(finding)}`)].join("\n"));
  return isKept;
}

/** A check that cannot do its work has found something. */
async function findingsOf(one: Check, root: string): Promise<Finding[]> {
  try {
    return await one.run(root);
  } catch (error) {
    return [{ file: "", message: (error as Error).message, remedy: "" }];
  }
}

function sentence({ file, line, message, remedy }: Finding): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [place && `${place}:`, `${message}.`.replace(/([.!?])\.$/, "$1"), remedy].filter(Boolean).join(" ");
}

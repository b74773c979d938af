import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../../errors.js";
import { counted, passing, type Terminal } from "../../terminal/index.js";
import type { ToolTest } from "./reporter.js";
import type { Tally } from "./tally.js";

const reporter = new URL("./reporter.js", import.meta.url).href;
const limitMs = 20 * 60_000;

export interface ToolTestOptions {
  /** Without Envoy, the tests of tools/envoy are left out, and others see MESHSCRIPT_NO_ENVOY. */
  withEnvoy?: boolean;
  /** Chooses among the files by their paths. */
  only?: RegExp;
}

/** Runs the compiled tests below dist/tests/tools, two files at a time, and prints what failed. */
export async function runToolTests(
  root: string,
  screen: Terminal,
  { withEnvoy = true, only = /./ }: ToolTestOptions = {},
): Promise<Tally> {
  const files = testFiles(join(root, "dist/tests/tools")).filter((file) => only.test(relative(root, file)));
  const wanted = files.filter(
    (file) => withEnvoy || !relative(root, file).startsWith("dist/tests/tools/envoy/"),
  );
  const env = withEnvoy ? process.env : { ...process.env, MESHSCRIPT_NO_ENVOY: "1" };
  const tests = await play(root, wanted, env);
  for (const line of areaLines(tests, root)) screen.line(`  ${line}`);
  for (const test of tests.filter((one) => one.verdict === "failed")) {
    screen.line(`  ${screen.colors.red("FAILED")} ${place(test, root)} ${test.name}`);
    for (const line of test.error.split("\n")) screen.line(`    ${line}`);
  }
  const count = (verdict: ToolTest["verdict"]) => tests.filter((one) => one.verdict === verdict).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

function testFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names.filter((name) => name.endsWith(".test.js")).map((name) => join(folder, name));
}

async function play(root: string, files: string[], env: NodeJS.ProcessEnv): Promise<ToolTest[]> {
  const options = ["--test", "--test-concurrency=2", `--test-reporter=${reporter}`];
  const child = spawn(process.execPath, [...options, ...files], {
    cwd: root,
    // Within a test of a test the variable would make the runner report to a parent that does not listen.
    env: { ...env, NODE_TEST_CONTEXT: undefined },
    stdio: ["ignore", "pipe", "inherit"],
    timeout: limitMs,
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once("close", (_, signal) => resolve(signal)),
  );
  const tests: ToolTest[] = [];
  const progress = passing();
  for await (const line of createInterface({ input: child.stdout })) {
    tests.push(JSON.parse(line) as ToolTest);
    progress.show(counted(tests.length, "test"));
  }
  progress.end();
  const signal = await ended;
  if (signal)
    throw new UserError(`the tool tests were ended by ${signal} after ${counted(tests.length, "test")}`);
  return tests;
}

/** A line for each folder of tests. */
function areaLines(tests: readonly ToolTest[], root: string): string[] {
  const areas = new Map<string, number>();
  for (const test of tests) {
    const area = relative(join(root, "dist/tests/tools"), dirname(test.file)).split("/")[0] ?? "";
    areas.set(area, (areas.get(area) ?? 0) + 1);
  }
  return [...areas].sort().map(([area, count]) => `${area || basename(root)}: ${counted(count, "test")}`);
}

/** Where its source stands: the line is that of the compiled file, which has none of the types. */
function place({ file, line }: ToolTest, root: string): string {
  return `${relative(root, file)}:${line}`;
}

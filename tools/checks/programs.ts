import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import type { Check, Finding } from "./check.js";

interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program of node_modules in the checkout. */
function run(root: string, script: string, args: string[]): Promise<Output> {
  return new Promise((resolve) => {
    const command = [join(root, "node_modules", script), ...args];
    execFile(process.execPath, command, { cwd: root, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}

/** A program that fails without a word that we understand must not pass. */
function orItsOutput(findings: Finding[], output: Output, script: string): Finding[] {
  if (output.code === 0 || findings.length > 0) return findings;
  const message = (output.stderr || output.stdout).trim() || `ended with exit code ${output.code}`;
  return [{ file: script, message, remedy: "Mend what it says." }];
}

export const formatting: Check = {
  name: "prettier has nothing to change",
  async run(root) {
    const output = await run(root, "prettier/bin/prettier.cjs", ["--list-different", "."]);
    const files = output.stdout.split("\n").filter((line) => line !== "");
    const findings = files.map((file) => ({
      file,
      message: "is not formatted",
      remedy: "Run: npm run format",
    }));
    return orItsOutput(findings, output, "prettier");
  },
};

interface LintedFile {
  filePath: string;
  messages: { line?: number; message: string; ruleId: string | null }[];
}

export const linting: Check = {
  name: "ESLint finds nothing",
  async run(root) {
    const output = await run(root, "eslint/bin/eslint.js", ["--format", "json", "--max-warnings", "0", "."]);
    const files = output.stdout.startsWith("[") ? (JSON.parse(output.stdout) as LintedFile[]) : [];
    const findings = files.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message, ruleId }) => ({
        file: relative(root, filePath),
        line,
        message,
        remedy: ruleId ? `The rule is ${ruleId}.` : "Mend it.",
      })),
    );
    return orItsOutput(findings, output, "eslint");
  },
};

export const types: Check = {
  name: "the tools' types are right",
  async run(root) {
    const output = await run(root, "typescript/bin/tsc", ["-p", ".", "--noEmit", "--incremental", "false"]);
    const lines = [...output.stdout.matchAll(/^(.+?)\((\d+),\d+\): error (TS\d+): (.+)$/gm)];
    const findings = lines.map(([, file, line, code, message]) => ({
      file: file!,
      line: Number(line),
      message: message!,
      remedy: `The compiler's code is ${code}.`,
    }));
    return orItsOutput(findings, output, "tsc");
  },
};

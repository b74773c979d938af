import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../envoy/support/setup.js";

export interface FakeDocker {
  /** With it alone on the PATH, apart from the system's own programs. */
  environment: NodeJS.ProcessEnv;
  /** How it was called, in order. */
  calls(): string[];
}

/**
 * A program called docker that notes how it is called. `answers` are lines of a shell's `case`: a pattern of the
 * arguments, and what to do; all else goes well without a word.
 */
export function fakeDocker(answers: Record<string, string> = {}): FakeDocker {
  const folder = temporaryFolder();
  const [program, notes] = [join(folder, "docker"), join(folder, "calls")];
  const cases = Object.entries(answers).map(([pattern, action]) => `  ${pattern}) ${action};;`);
  writeFileSync(
    program,
    ["#!/bin/sh", `echo "$*" >> ${notes}`, 'case "$*" in', ...cases, "esac", ""].join("\n"),
  );
  chmodSync(program, 0o755);
  return {
    environment: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder },
    calls: () => (existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n") : []),
  };
}

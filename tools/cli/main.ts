import { Command, CommanderError } from "commander";
import { packageVersion } from "../package-root.js";
import { buildCommand } from "./commands/build.js";
import { configCommand } from "./commands/config.js";
import { packCommand } from "./commands/pack.js";
import { runCommand } from "./commands/run.js";
import { statusCommand } from "./commands/status.js";
import { testCommand } from "./commands/test.js";
import { validateCommand } from "./commands/validate.js";
import { exitCodeOf } from "./exit.js";

const summary = "Write Envoy filters in TypeScript syntax: build, test and run them.";

/** Runs the command line and gives the exit code: 0 all well, 1 a finding, 2 wrong use. */
export async function main(args: string[]): Promise<number> {
  const outcome = { code: 0 };
  const program = new Command("meshscript")
    .description(summary)
    .version(packageVersion)
    .helpCommand(false)
    .configureHelp({ helpWidth: 80 })
    .exitOverride()
    .addHelpText("after", "\nExample:\n  npx meshscript run filters/hello");
  const report = (code: number) => void (outcome.code = code);
  for (const define of [
    buildCommand,
    runCommand,
    testCommand,
    validateCommand,
    configCommand,
    packCommand,
    statusCommand,
  ]) {
    program.addCommand(define(report).copyInheritedSettings(program));
  }
  return exitCodeOf(async () => {
    await parse(program, args);
    return outcome.code;
  });
}

/** Commander ends with an error after help and version too, which is no fault. */
async function parse(program: Command, args: string[]): Promise<void> {
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
  }
}

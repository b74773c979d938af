import { UserError } from "../../errors.js";
import { run, type Finished } from "../../envoy/program.js";

/** How docker is asked. */
export interface Docker {
  /** Docker's command: a name on the PATH or a path. */
  program: string;
  /** Says which engine is meant. */
  environment: NodeJS.ProcessEnv;
}

/** Runs docker to its end, which is forced after the bound (milliseconds). Its exit code tells how it went. */
export function docker({ program, environment }: Docker, args: string[], bound = 60_000): Promise<Finished> {
  return run(program, args, { env: environment, bound });
}

/** The same where it has to go well. Gives what docker printed; a UserError holds its last line. */
export async function needDocker(engine: Docker, args: string[], bound?: number): Promise<string> {
  const { code, output } = await docker(engine, args, bound);
  if (code === 0) return output.trim();
  throw new UserError(`docker ${args[0]} failed: ${output.trim().split("\n").at(-1)}`);
}

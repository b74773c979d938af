import { UserError } from "../errors.js";
import type { Answer } from "./findings.js";
import { readEnvoy } from "./read.js";

/** The state of each Envoy, or why there is none to be had. */
export function askAll(admins: readonly string[]): Promise<Answer[]> {
  return Promise.all(
    admins.map(async (admin): Promise<Answer> => {
      try {
        return { admin, state: await readEnvoy(admin) };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { admin, problem: error.message };
      }
    }),
  );
}

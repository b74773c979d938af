import { UserError } from "../../../../tools/errors.js";
import type { Patience } from "../../../../tools/pack/patience.js";
import { pushImage, type PushOptions } from "../../../../tools/pack/push.js";
import { parseReference } from "../../../../tools/pack/reference.js";
import { demoImage } from "./images.js";

/** As patient as the real one, with shorter pauses. */
export const brief: Patience = { attempts: 4, firstPauseMs: 1, timeoutMs: 20_000 };

/** For registries that hang. */
export const impatient: Patience = { ...brief, timeoutMs: 600 };

export interface Outcome {
  /** What the user reads in the end; "" where all went well. */
  message: string;
  hint: string;
  /** What the user reads on the way. */
  told: string[];
}

/** Pushes the demo image; whatever else than a UserError comes out of it fails the test. */
export async function pushed(host: string, options: PushOptions = {}): Promise<Outcome> {
  const outcome: Outcome = { message: "", hint: "", told: [] };
  const reference = parseReference(`${host}/filters/demo:1.0.0`);
  const tell = (what: string) => void outcome.told.push(what);
  try {
    await pushImage(demoImage(), reference, { environment: nobody, patience: brief, tell, ...options });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    outcome.message = error.message;
    outcome.hint = error.hint ?? "";
  }
  return outcome;
}

/** A user who has never logged in anywhere. */
export const nobody: NodeJS.ProcessEnv = { DOCKER_CONFIG: "/nowhere", PATH: process.env.PATH };

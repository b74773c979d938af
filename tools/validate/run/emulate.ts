import { nowhere } from "../../emulator/callouts/callee.js";
import { Clock, Emulator, LoadError } from "../../emulator/index.js";
import { generatedPlugin } from "../../emulator/proxy/generated.js";
import type { FilterInstance } from "../../traffic/host.js";

/** What a module says of a configuration. */
export interface Verdict {
  /** What is wrong with the configuration: `path: message`, as the module words it. */
  problems: string[];
  /** Why it was refused otherwise: a crash, a module that cannot be loaded. Null where it was not. */
  failure: string | null;
  /** Clusters that it called at once. */
  called: string[];
}

const problemMark = "configuration: ";

/** Has the emulator configure a filter, as a proxy does before traffic comes. Nobody answers its calls. */
export function emulate(instance: FilterInstance): Verdict {
  const called = new Set<string>();
  const callees = (cluster: string) => {
    called.add(cluster);
    return nowhere;
  };
  const emulator = new Emulator({ clock: new Clock(0), strict: false, callees });
  const failure = failureOf(() => void emulator.load(generatedPlugin(instance)));
  const said = emulator.logs().filter(({ from, text }) => from === "guest" && text.startsWith(problemMark));
  const problems = [...new Set(said.map(({ text }) => text.slice(problemMark.length)))];
  return { problems, failure: problems.length > 0 ? null : failure, called: [...called] };
}

function failureOf(load: () => void): string | null {
  try {
    load();
    return null;
  } catch (error) {
    if (error instanceof LoadError) return error.problems.join("; ");
    throw error;
  }
}

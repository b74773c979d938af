import { UsageError, exitCodeOf } from "./exit.js";

type Verb = (args: string[]) => Promise<number>;

/** What the scripts of package.json call: work on this repository, which the installed command knows nothing of. */
const verbs: Record<string, () => Promise<Verb>> = {
  start: async () => (await import("./start.js")).start,
  "test-all": async () => (await import("./testing/all.js")).testAll,
  "test:long": async () => (await import("../../tests/tools/long/main.js")).testLong,
  check: async () => (await import("../checks/index.js")).check,
  "build-all": async () => (await import("./build-all.js")).buildFilters,
  abi: async () => (await import("./abi.js")).abi,
  parity: async () => (await import("../parity/main.js")).parity,
  "against-native": async () => (await import("../against-native/main.js")).againstNative,
  fuzz: async () => (await import("../fuzz/main.js")).fuzz,
  "e2e:compose": async () => (await import("./e2e-compose.js")).e2eCompose,
  "e2e:rollout": async () => (await import("../../tests/tools/rollout/main.js")).rollout,
  "e2e:images": async () => (await import("../../tests/tools/pack/e2e/main.js")).images,
  bench: async () => (await import("../../bench/main.js")).runBench,
};

/** Runs a verb and gives its exit code. */
export async function runVerb(name: string | undefined, args: string[]): Promise<number> {
  return exitCodeOf(async () => {
    const load = verbs[name ?? ""];
    if (!load) throw new UsageError(`no verb "${name ?? ""}"`, `Verbs: ${Object.keys(verbs).join(", ")}.`);
    return (await load())(args);
  });
}

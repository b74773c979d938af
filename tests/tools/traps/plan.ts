import type { TrafficCase } from "../../../tools/traffic/index.js";
import { functionsOf } from "./plant.js";
import { reachedIn } from "./reached.js";
import { isRefused, type Scene } from "./scenes.js";

/** A trap to be set: in which function, and before which requests. */
export interface Trap {
  scene: Scene;
  place: number;
  /** The function's name. */
  name: string;
  cases: TrafficCase[];
}

const mostRefused = 3;

/** A trap for each function that a request of these scenes reaches, before requests that reach it. */
export async function trapsFor(scenes: readonly Scene[]): Promise<Trap[]> {
  const traps = new Map<number, Trap>();
  for (const scene of scenes) {
    const functions = functionsOf(scene.binary);
    for (const [place, reaching] of await reachedIn(scene)) {
      const known = traps.get(place);
      if (known && (known.cases.some(isRefused) || !reaching.some(isRefused))) continue;
      traps.set(place, { scene, place, name: functions[place]!.name, cases: chosen(scene, reaching) });
    }
  }
  return [...traps.values()].sort((a, b) => a.place - b.place);
}

/** Some that are refused, spread over all that reach the function, one that is let through, and one that is refused after it. */
function chosen(scene: Scene, reaching: readonly TrafficCase[]): TrafficCase[] {
  const refused = spread(reaching.filter(isRefused), mostRefused);
  const passing = reaching.filter((one) => !isRefused(one)).slice(0, 1);
  const after = refused.length > 0 ? refused.slice(-1) : scene.cases.filter(isRefused).slice(0, 1);
  return [...refused, ...passing, ...after];
}

/** So many of them, as far apart as they can be. */
export function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]!);
}

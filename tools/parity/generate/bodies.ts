import type { Words } from "../program.js";
import type { Random } from "../random.js";
import { content } from "./pools.js";

/** Body buffers by the numbers that the ABI gives them. */
export const buffers = { request: 0, response: 1 };

/** How a filter treats a body's pieces. After `whole` all of it is there in the end. */
export type Treatment = "pass" | "whole" | "flip" | "hold" | "drop";

export function treatmentOf(random: Random): Treatment {
  return random.weigh<Treatment>([
    [20, "pass"],
    [16, "whole"],
    [6, "flip"],
    [4, "hold"],
    [1, "drop"],
  ]);
}

/** Starts and lengths before, at and behind the end of a body. */
function place(random: Random): number {
  return random.pick([0, 0, 0, 1, 5, 20, 3000, 70_000, 100_000, -1]);
}

export function bodyRead(random: Random, buffer: number): Words {
  return random.chance(0.3) ? ["blen", buffer] : ["body", buffer, place(random), place(random)];
}

export function bodyWrite(random: Random, buffer: number): Words {
  const start = random.weigh([
    [6, 0],
    [2, 100_000],
    [1, 3],
  ] as const);
  return ["write", buffer, start, place(random), content(random)];
}

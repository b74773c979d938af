import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { tallyLine } from "../../../../tools/cli/testing/tally.js";
import { atProcessEnd } from "../../../../tools/envoy/cleanup.js";
import { terminal } from "../../../../tools/terminal/index.js";
import { billProofs } from "./bill.js";
import { deathProofs } from "./death.js";
import { loginProofs } from "./logins.js";
import { prove } from "./proof.js";
import { pullProofs } from "./pulls.js";
import { tlsProofs } from "./tls.js";
import { stageIn } from "./stage.js";

/** With what is under way then, and its own bound, a run ends within twice that. */
const limitMs = 14 * 60_000;

/** `npm run e2e:images`: images pushed to a real registry, and pulled by those who pull them in earnest. */
export async function images(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const screen = terminal();
  const folder = mkdtempSync(join(tmpdir(), "meshscript-images-"));
  const erase = () => rmSync(folder, { recursive: true, force: true });
  const forget = atProcessEnd(erase);
  const stage = stageIn(folder, (what) => screen.line(screen.colors.dim(what)));
  try {
    const areas = [pullProofs, loginProofs, tlsProofs, deathProofs, billProofs];
    const totals = await prove(
      areas.flatMap((proofsOf) => proofsOf(stage)),
      limitMs,
      screen,
    );
    screen.line(`\n${tallyLine(totals)}`);
    return totals.failed > 0 ? 1 : 0;
  } finally {
    await stage.end();
    forget();
    erase();
  }
}

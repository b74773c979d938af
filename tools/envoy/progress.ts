import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where progress is shown: standard error, or a double of it. */
export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows how much of a download has arrived in a folder: in place on a terminal, else as one line at the start.
 * The result ends it.
 */
export function showDownload(screen: Screen, what: string, folder: string, totalBytes: number): () => void {
  const size = `${Math.round(totalBytes / 1e6)} MB`;
  if (!screen.isTTY) {
    screen.write(`Downloading ${what} (${size})\n`);
    return () => {};
  }
  const show = () => {
    const percent = Math.min(100, Math.floor((100 * sizeOf(folder)) / totalBytes));
    screen.write(`\rDownloading ${what}: ${percent} % of ${size} `);
  };
  show();
  const timer = setInterval(show, 200);
  return () => {
    clearInterval(timer);
    screen.write("\r\x1b[K");
  };
}

function sizeOf(folder: string): number {
  const names = readdirSync(folder, { recursive: true }) as string[];
  // Files come and go while pip works.
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  return sizes.reduce((sum, stat) => sum + (stat?.isFile() ? stat.size : 0), 0);
}

import { copyFileSync, chmodSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../envoy/program.js";
import { scratch } from "../../envoy/scratch.js";
import { CannotRun } from "../cannot-run.js";
import { docker, needDocker, type Docker } from "../engine/docker.js";

/** What an image holds: one program of this machine, its libraries, and a user to run it. */
export interface LocalImage {
  tag: string;
  /** Path of the program on this machine; its name becomes the entrypoint. */
  program: string;
  name: string;
  user: { name: string; id: number };
}

/** Makes an image from a program of this machine, unless the engine has it already. */
export async function makeImage(engine: Docker, image: LocalImage): Promise<void> {
  if ((await docker(engine, ["image", "inspect", image.tag])).code === 0) return;
  const place = scratch();
  try {
    const root = join(place.folder, "root");
    await fill(root, image);
    const archive = join(place.folder, "root.tar");
    await need("tar", ["-C", root, "--owner=0", "--group=0", "-cf", archive, "."]);
    const entry = `ENTRYPOINT ["/usr/local/bin/${image.name}"]`;
    await needDocker(engine, ["import", "-c", entry, "-c", `USER ${image.user.id}`, archive, image.tag]);
  } finally {
    place.remove();
  }
}

async function fill(root: string, { program, name, user }: LocalImage): Promise<void> {
  for (const folder of ["usr/local/bin", "etc", "tmp"]) mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, "tmp"), 0o1777);
  copyInto(root, program, `/usr/local/bin/${name}`);
  for (const library of await librariesOf(program)) copyInto(root, library, library);
  writeFileSync(
    join(root, "etc/passwd"),
    `root:x:0:0::/:/none\n${user.name}:x:${user.id}:${user.id}::/tmp:/none\n`,
  );
}

function copyInto(root: string, from: string, to: string): void {
  mkdirSync(dirname(join(root, to)), { recursive: true });
  copyFileSync(realpathSync(from), join(root, to));
  chmodSync(join(root, to), 0o755);
}

/** The paths that the loader finds, the loader's own among them. */
async function librariesOf(program: string): Promise<string[]> {
  return librariesIn(await need("ldd", [program]));
}

export function librariesIn(listing: string): string[] {
  return Array.from(listing.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm), ([, path]) => path!);
}

async function need(program: string, args: string[]): Promise<string> {
  const { code, output } = await run(program, args, { bound: 120_000 });
  if (code === 0) return output;
  throw new CannotRun(`${program} failed: ${output.trim().split("\n").at(-1)}`);
}

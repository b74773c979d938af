import { pushImage, type Image, type Reference } from "../pack/index.js";
import { passing, terminal } from "../terminal/index.js";

/** Pushes an image, and shows on standard error how far it is and what is tried again. */
export async function shownPush(image: Image, target: Reference, plainHttp: boolean): Promise<void> {
  const { registry, repository, tag } = target;
  const { line } = terminal(process.stderr);
  const bar = passing();
  if (!process.stderr.isTTY) line(`Pushing to ${registry}/${repository}:${tag}`);
  try {
    await pushImage(image, target, {
      plainHttp,
      progress: (done, all) => bar.show(`Pushing to ${registry}/${repository}:${tag}: ${done} of ${all}`),
      tell: (what) => (bar.end(), line(what)),
    });
  } finally {
    bar.end();
  }
}

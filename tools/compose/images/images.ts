import { platform } from "node:process";
import { needEnvoy } from "../../envoy/find.js";
import { CannotRun } from "../cannot-run.js";
import { docker, type Docker } from "../engine/docker.js";
import { makeImage } from "./local.js";

/** Names of the images that `compose.yaml` is to use. */
export interface Images {
  envoy: string;
  node: string;
}

/** Those that `compose.yaml` names by itself. */
export const official: Images = { envoy: "envoyproxy/envoy:v1.40.0", node: "node:22-slim" };

const pullWithin = 300_000;

/**
 * The images that ENVOY_IMAGE and NODE_IMAGE name, else the official ones; where those cannot be pulled, or
 * MESHSCRIPT_IMAGES=local asks for it, images made from this machine's programs.
 */
export async function findImages(engine: Docker, tell: (note: string) => void): Promise<Images> {
  const { ENVOY_IMAGE, NODE_IMAGE, MESHSCRIPT_IMAGES } = engine.environment;
  const wanted = { envoy: ENVOY_IMAGE || official.envoy, node: NODE_IMAGE || official.node };
  const named = { envoy: !!ENVOY_IMAGE, node: !!NODE_IMAGE };
  const found: Partial<Images> = {};
  for (const name of ["envoy", "node"] as const) {
    const local = MESHSCRIPT_IMAGES === "local" && !named[name];
    const problem = local ? "" : await pull(engine, wanted[name], tell);
    if (problem && (named[name] || MESHSCRIPT_IMAGES === "official"))
      throw new CannotRun(`the image ${wanted[name]} cannot be had: ${problem}`);
    if (problem)
      tell(`${wanted[name]} cannot be pulled (${problem}): an image of this machine's ${name} instead`);
    found[name] = local || problem ? await localImage(engine, name) : wanted[name];
  }
  return found as Images;
}

/** Why an image cannot be had; undefined once the engine has it. */
async function pull(
  engine: Docker,
  image: string,
  tell: (note: string) => void,
): Promise<string | undefined> {
  if ((await docker(engine, ["image", "inspect", image])).code === 0) return undefined;
  tell(`Pulling ${image}`);
  const { code, output } = await docker(engine, ["pull", "--quiet", image], pullWithin);
  if (code === 0) return undefined;
  return output.trim().split("\n").at(-1) || `no answer within ${pullWithin / 1000} s`;
}

async function localImage(engine: Docker, name: keyof Images): Promise<string> {
  if (platform !== "linux")
    throw new CannotRun("images can be made of this machine's programs on Linux only");
  const image = name === "envoy" ? await envoyImage() : nodeImage();
  await makeImage(engine, image);
  return image.tag;
}

async function envoyImage() {
  const { path, version } = await needEnvoy();
  const user = { name: "envoy", id: 101 };
  return { tag: `meshscript-local/envoy:${version}`, program: path, name: "envoy", user };
}

function nodeImage() {
  const user = { name: "node", id: 1000 };
  const tag = `meshscript-local/node:${process.versions.node}`;
  return { tag, program: process.execPath, name: "node", user };
}

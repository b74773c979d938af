import { dirname } from "node:path";
import { readTrafficFile } from "../case/read.js";
import type { Link } from "../case/types.js";
import type { FilterInstance, Host, HostOptions } from "../host.js";
import { playDocument } from "./play-document.js";
import type { CaseResult } from "./result.js";
import type { PlayOptions } from "./stage.js";

/** A filter as a traffic file names it, found and built. */
export interface ResolvedFilter {
  name: string;
  /** Path of the compiled module. */
  wasm: string;
  rootId: string;
  /** What holds where the traffic file says nothing. */
  options: HostOptions;
}

/** Finds a filter by its name or by a path relative to the folder `from`; throws a `UserError` when there is none. */
export type Resolve = (filter: string, from: string) => Promise<ResolvedFilter> | ResolvedFilter;

/**
 * Plays every case of a file on a host, each once per protocol, and every refusal.
 * Throws a `UserError` for a file that is wrong and whatever `resolve` throws; a host that fails makes its cases fail.
 */
export async function playFile(
  path: string,
  host: Host,
  resolve: Resolve,
  options: PlayOptions = {},
): Promise<CaseResult[]> {
  const file = await readTrafficFile(path);
  const results: CaseResult[] = [];
  for (const document of file.documents) {
    const chain: FilterInstance[] = [];
    for (const link of document.chain) chain.push(await instanceOf(link, dirname(path), resolve));
    results.push(...(await playDocument({ file: path, document, chain, host, options })));
  }
  return results;
}

async function instanceOf(link: Link, from: string, resolve: Resolve): Promise<FilterInstance> {
  const found = await resolve(link.filter, from);
  return {
    name: found.name,
    wasm: found.wasm,
    rootId: link.rootId ?? found.rootId,
    configuration: link.configuration,
    environment: link.environment,
    options: { ...found.options, ...link.options },
  };
}

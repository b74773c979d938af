import { Ajv } from "ajv";
import { describe as settingsOf, type Setting } from "../build/index.js";
import { instanceOf } from "../manifest/instance.js";
import { describe } from "../manifest/problems.js";
import { shownPath } from "../shown-path.js";
import { configured, type Verdict } from "./run/index.js";
import { missingFiles, referencesIn, withStandIns, type Reference } from "./references.js";
import { found, merged, type Finding, type Outcome } from "./report.js";
import { settingsSchema, withoutNulls } from "./settings-schema.js";
import type { Subject } from "./subject.js";
import { findingAt, pathOf, type Place } from "./yaml-file.js";

/**
 * A filter's configuration, judged by the filter's own code twice: by the settings that it declares, and by the module,
 * run in the emulator. `isDefined`: whether there is a cluster of this name.
 */
export async function checkConfiguration(
  subject: Subject,
  isDefined: (cluster: string) => boolean,
): Promise<Outcome> {
  const { link, configuration: place } = subject;
  const { manifest } = link;
  const references = referencesIn(manifest.configuration);
  const missing = missingFiles(references, manifest.folder);
  const configuration = manifest.configuration && withStandIns(manifest.configuration, missing);
  const unset = unsetVariables(references);
  const instance = instanceOf({ ...manifest, configuration }, link.wasmPath, standIns(unset));
  const verdict = await configured(instance);
  const unknown = verdict.called.filter((cluster) => !isDefined(cluster));
  const isRefused = verdict.problems.length > 0 || verdict.failure !== null;
  const declared = isRefused ? await declaredFindings(subject) : new Map<string, Finding>();
  return merged([
    found(...missing.map((one) => findingAt(place, one.path, `cannot read the file ${one.name}`))),
    found(...united(declared, verdict, place)),
    found(...unknown.map((name) => findingAt(place, [], `calls the cluster ${name}, which nobody defines`))),
    { findings: [], unchecked: [], notes: unset.map(({ name }) => noteOn(name, manifest.name)) },
  ]);
}

function noteOn(variable: string, filter: string): string {
  return `${variable} is not set here, so the secret of ${filter} that it holds was not judged: the proxy's environment counts`;
}

/** What the settings that the code declares say, by the path that each finding begins with. */
async function declaredFindings({ link, configuration }: Subject): Promise<Map<string, Finding>> {
  const { document, lines, within, path } = configuration;
  const schema = settingsSchema(await settingsIn(link.manifest.folder));
  const isSound = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema);
  const value = withoutNulls(link.manifest.configuration ?? {});
  const errors = isSound(value) ? [] : isSound.errors!;
  const prefix = within.map((step) => `/${step}`).join("");
  const findings = errors.map((error) => {
    const { line, text } = describe({ ...error, instancePath: prefix + error.instancePath }, document, lines);
    return { file: shownPath(path), line, text };
  });
  return new Map(findings.map((finding) => [beginningOf(finding.text), finding]));
}

/**
 * The module has the last word: what it takes is right, and it words what it refuses. The declared settings add the name
 * that was meant, and speak where the module could not.
 */
function united(declared: Map<string, Finding>, { problems, failure }: Verdict, place: Place): Finding[] {
  const said = problems.map((problem) => placed(problem, place));
  const worded = said.map((finding) => {
    const same = declared.get(beginningOf(finding.text));
    return finding.text.endsWith(": unknown setting") && same ? same : finding;
  });
  if (failure === null) return worded;
  return [...declared.values(), findingAt(place, [], `the module refuses it: ${failure}`)];
}

/** A problem is `path: message`, or a message about the whole. */
function placed(problem: string, place: Place): Finding {
  const aboutKeys = /^(.+): (unknown setting|stands there twice)$/s.exec(problem);
  const [, at, message] = aboutKeys ?? /^([^\s:]+): (.*)$/s.exec(problem) ?? [null, "", problem];
  return findingAt(place, pathOf(at!), message!);
}

/** A filter is built once to tell of its settings, however often it is used. */
function settingsIn(folder: string): Promise<Setting[]> {
  const known = told.get(folder) ?? settingsOf(folder);
  told.set(folder, known);
  return known;
}

const told = new Map<string, Promise<Setting[]>>();

function beginningOf(text: string): string {
  return text.slice(0, text.indexOf(": "));
}

function unsetVariables(references: readonly Reference[]): Reference[] {
  return references.filter(({ kind, name }) => kind === "env" && process.env[name] === undefined);
}

/** A value of its own for each variable that is not set: two secrets that are alike would be a problem. */
function standIns(unset: readonly Reference[]): NodeJS.ProcessEnv {
  return { ...process.env, ...Object.fromEntries(unset.map(({ name }) => [name, `stands in for ${name}`])) };
}

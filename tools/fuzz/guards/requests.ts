import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { textOf } from "../make/words.js";
import type { Attempt } from "./guard.js";

const methods = ["GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];

/** A plain request. */
export function request(random: Random, path: string, headers: readonly Header[] = []): Attempt {
  return {
    headers: [
      [":method", random.pick(methods)],
      [":path", path],
      [":authority", "shop.example"],
      [":scheme", "http"],
      ...headers,
    ],
    body: "",
  };
}

/** The same request, more often than not with something about it changed. */
export function mutated(random: Random, attempt: Attempt): Attempt {
  let { headers } = attempt;
  for (let left = random.pick([0, 0, 1, 1, 2, 4]); left > 0; left--) headers = changed(random, headers);
  const body = random.chance(0.1) ? textOf(random, ["body"]) : attempt.body;
  return { ...attempt, headers, body };
}

/** One line of them changed, left out, repeated or moved. */
function changed(random: Random, headers: readonly Header[]): Header[] {
  const own = headers.flatMap(([name], at) => (/^:(scheme|method)$/.test(name) ? [] : [at]));
  // What stands last is the credential more often than not.
  const at = random.chance(0.5) ? own.at(-1)! : random.pick(own);
  const [name, value] = headers[at]!;
  const put = (...lines: Header[]): Header[] => [...headers.slice(0, at), ...lines, ...headers.slice(at + 1)];
  if (name.startsWith(":")) return put([name, changedText(random, value)]);
  return random.weigh<() => Header[]>([
    [6, () => put([name, changedText(random, value)])],
    [1, () => put()],
    [1, () => put([name, value], [name, random.chance(0.5) ? value : changedText(random, value)])],
    [1, () => put([name, `${value},${value}`])],
    [1, () => put([random.pick(["x-other", "cookie", "authorization", name.replaceAll("-", "_")]), value])],
    [1, () => put([name.toUpperCase(), value])],
    [1, () => [...put(), [name, value]]],
  ])();
}

const odd = ["=", "A", " ", ".", ",", "\t", "%00", "\xff", "-", "_", "+", "/", '"', ";", "..", "//"];

/** A text with a character changed, put in, taken out or turned into its other case. */
export function changedText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
  return random.weigh<() => string>([
    [3, () => before + String.fromCharCode(here.charCodeAt(0) ^ (1 << random.below(7)) || 0x41) + after],
    [2, () => before + random.pick(odd) + here + after],
    [1, () => before + after],
    [1, () => text.slice(0, random.below(text.length + 1))],
    [1, () => before + here.toUpperCase() + after],
    [1, () => text + random.pick(odd)],
    [0.5, () => text + text],
    [0.2, () => textOf(random, [text])],
  ])();
}

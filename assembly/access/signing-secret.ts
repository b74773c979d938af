import { utf8 } from "../abi/wire";
import { describe } from "../config/describe";
import { optionalText } from "../config/reader";
import { enter, leave, lookUp, missing, mistyped, problem } from "../config/scope";
import { textAt } from "../config/values";
import { get as environment } from "../host/environment";

/** Characters of the shortest secret that no list of passwords leads to: as much as the shortest code has. */
const SHORTEST = 32;

/**
 * Reads a secret that signs: a text, or `{env: NAME}` with the name of an environment variable that holds it. Its digest,
 * which is enough to compare a secret, is not enough here. Empty where there is a problem with it.
 */
export function signingSecret(key: usize, required: bool = true): string {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "secret", required, null);
  const text = textOf(key, required);
  if (text.length > 0 && text.length < SHORTEST) problem(key, -1, utf8("must have at least 32 characters"));
  return text;
}

function textOf(key: usize, required: bool): string {
  const value = lookUp(key);
  if (value == 0) {
    if (required) missing(key);
    return "";
  }
  const first = load<u8>(value);
  if (first == 0x22) return notEmpty(key, textAt(value));
  if (first == 0x7b) return textBehind(key, value);
  mistyped(key, -1, utf8("text or object"), value);
  return "";
}

function textBehind(key: usize, value: usize): string {
  enter(key, -1, value);
  const name = optionalText(utf8("env"));
  const digest = optionalText(utf8("sha256"));
  leave();
  if (digest !== null)
    problem(key, -1, utf8("must be the key itself: its digest, as of a file, cannot sign"));
  else if (name === null) problem(key, -1, utf8("expected env"));
  if (name === null || digest !== null) return "";
  const held = environment(name);
  if (held === null) problem(key, -1, utf8("env: no such environment variable"));
  return held === null ? "" : notEmpty(key, held);
}

function notEmpty(key: usize, text: string): string {
  if (text.length == 0) problem(key, -1, utf8("must not be empty"));
  return text;
}

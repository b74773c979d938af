import { parse } from "yaml";

export type Redact = (text: string) => string;

const hidden = "[redacted]";
const secretNames = /^(secrets?|keys?|apikeys?|passwords?|passwd|passphrases?|tokens?|credentials?|users)$/;

/**
 * Hides a bootstrap's secrets in what Envoy says about it: the values of variables, and each text below a key of a
 * plugin's configuration whose last word is key, secret, token, password, credential or users. Configurations that Envoy
 * quotes as a whole are hidden as a whole.
 */
export function redactorFor(bootstrap: string): Redact {
  const forms = [...new Set(secretsIn(bootstrap).flatMap(writtenForms))];
  const patterns = forms.sort((a, b) => b.length - a.length).map(patternOf);
  return (text) => patterns.reduce((clean, pattern) => clean.replace(pattern, hidden), withoutQuotes(text));
}

/** `value: "…"` in protobuf's text form, `"value":"…"` in its JSON. */
function withoutQuotes(text: string): string {
  return text.replace(/("?\bvalue"?:\s*)"(?:[^"\\]|\\.)*"/g, `$1"${hidden}"`);
}

function secretsIn(bootstrap: string): string[] {
  const found: string[] = [];
  walk(parse(bootstrap, { version: "1.1" }), (key, value) => {
    if (key === "key_values") found.push(...texts(value));
    if (key === "value" && typeof value === "string") found.push(...secretsOf(value));
  });
  return found.filter((text) => text !== "");
}

/** A text that is no JSON cannot be told apart, so all of it is secret. */
function secretsOf(configuration: string): string[] {
  const found: string[] = [];
  try {
    walk(JSON.parse(configuration), (key, value) => {
      if (isSecretName(key)) found.push(...texts(value));
    });
  } catch {
    found.push(configuration);
  }
  return found;
}

function isSecretName(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return secretNames.test(words.split(/[^a-z0-9]+/).at(-1)!);
}

function walk(value: unknown, visit: (key: string, value: unknown) => void): void {
  if (value === null || typeof value !== "object") return;
  for (const [key, member] of Object.entries(value)) {
    visit(key, member);
    walk(member, visit);
  }
}

function texts(value: unknown): string[] {
  const found = typeof value === "string" ? [value] : [];
  walk(value, (_, member) => {
    if (typeof member === "string") found.push(member);
  });
  return found;
}

/** Envoy quotes once or twice, as JSON or as protobuf text, where bytes beyond ASCII are octal. */
function writtenForms(secret: string): string[] {
  const once = JSON.stringify(secret).slice(1, -1);
  const twice = JSON.stringify(once).slice(1, -1);
  return [secret, once, twice, ...[secret, once].map(octal)];
}

function octal(text: string): string {
  const escaped = text.replace(/["\\]/g, "\\$&");
  return [...Buffer.from(escaped)]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\${byte.toString(8)}`))
    .join("");
}

/** A short secret is hidden only as a word of its own: within words it would hide half the message. */
function patternOf(form: string): RegExp {
  const literal = form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(form.length < 4 ? `(?<!\\w)${literal}(?!\\w)` : literal, "g");
}

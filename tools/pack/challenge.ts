/** A `WWW-Authenticate` challenge (RFC 9110, section 11.6.1). */
export interface Challenge {
  scheme: string;
  parameters: Record<string, string>;
}

/** A scheme begins a challenge where a parameter follows it, or nothing does. */
const token = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g;

/** One header may hold several challenges, and parameters of each. Names are in small letters. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  for (const [, name, quoted, plain] of header.matchAll(token)) {
    const value = quoted?.replace(/\\(.)/g, "$1") ?? plain;
    if (value === undefined) challenges.push({ scheme: name!.toLowerCase(), parameters: {} });
    else if (challenges.length > 0) challenges.at(-1)!.parameters[name!.toLowerCase()] = value;
  }
  return challenges;
}

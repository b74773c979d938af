import type { Judged } from "./judged.js";

/** Where our own verdict is another than the host's on purpose: ours is the stricter one each time. */
export const deliberate: readonly { files: RegExp; reason: string }[] = [
  {
    files: /^rsa_signature_8192_/,
    reason:
      "A key of more than 4096 bits is refused when it is read, on any host, so no signature of it is verified: what one " +
      "costs is the sender's choice, not ours.",
  },
];

/** What the filter in tests/unit/crypto/verdicts.ts asks, from the lowest bit of its answer on. */
const asked = ["our own code", "the host", "a key of our own code's", "a key that asks the host"];

/** What differs from what a vector says. */
export function differenceOf({ name, isValid }: Judged, verdict: string): string[] {
  const bits = parseInt(verdict, 16);
  const wrong = asked.filter((_, at) => ((bits >> at) & 1) !== (isValid ? 1 : 0));
  return wrong.length === 0 ? [] : [`${name}: ${isValid ? "refused" : "taken"} by ${wrong.join(", ")}`];
}

import { randomBytes } from "node:crypto";

/** A moment as a case describes it; docs/schemas/traffic.schema.json says what each part means. */
interface MomentSpec {
  at?: string;
  pin?: string;
}

/** How long a pinned moment is kept that nobody asks for: cases are made once when they are read, perhaps long before. */
const PIN_MS = 20_000;

const pinned = new Map<string, { seconds: number; usedAt: number }>();

/** `Tue, 20 Apr 2021 02:07:55 GMT` */
export function mintHttpDate(spec: object): string {
  return new Date(secondsOf(spec) * 1000).toUTCString();
}

/** Seconds since the Unix epoch. */
export function mintUnixTime(spec: object): string {
  return String(secondsOf(spec));
}

/** A text that nobody has used yet, or, pinned, the one that a case has used already. */
export function mintNonce(spec: object): string {
  const { pin } = spec as MomentSpec;
  return (pin === undefined ? randomBytes(12) : Buffer.from(`${pin} ${secondsOf({ pin })}`)).toString("hex");
}

/** What a moment, seconds from now as in "+60", is in seconds since the Unix epoch. */
export function secondsOf(spec: object): number {
  const { at = "+0", pin } = spec as MomentSpec;
  const now = Date.now();
  const known = pin === undefined ? undefined : pinned.get(pin);
  const seconds = known && now - known.usedAt < PIN_MS ? known.seconds : Math.floor(now / 1000);
  if (pin !== undefined) pinned.set(pin, { seconds, usedAt: now });
  return seconds + Number(at);
}

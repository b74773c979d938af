import type { Random } from "../../parity/random.js";
import type { Subject } from "../subject.js";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const wrongValues: Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  4294967296,
  "",
  "x",
  [],
  {},
  [[]],
  [{}],
  [null],
  { a: 1 },
];
const oddTexts = ["\u0000", "\ud800", "\u{10ffff}", "\u202e", "é", "a\nb", "\\u0000", "x".repeat(5000)];

/** A configuration: the sample itself more often than not, else with something about it wrong. */
export function configurationText(random: Random, subject: Subject, mutated: boolean): Buffer {
  const sample = random.pick(subject.samples);
  if (!mutated) return Buffer.from(sample);
  return random.weigh<() => Buffer>([
    [6, () => Buffer.from(withWrongValues(random, sample))],
    [3, () => damaged(random, Buffer.from(sample))],
    [1, () => Buffer.from(nested(random))],
    [1, () => Buffer.from(random.pick(["", " ", "null", "[]", "{}", '"x"', "1e", "{", '{"a":', "\ufeff{}"]))],
  ])();
}

function withWrongValues(random: Random, sample: string): string {
  const value = parsed(sample);
  if (value === undefined) return sample;
  let text = JSON.stringify(value);
  for (let i = 0; i <= random.below(3); i++) text = JSON.stringify(changed(random, JSON.parse(text) as Json));
  return random.chance(0.2) ? repeatedKey(random, text) : text;
}

/** The value with one place in it changed. */
function changed(random: Random, value: Json): Json {
  const isLeaf = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isLeaf || random.chance(0.15)) return otherValue(random, value);
  if (Array.isArray(value)) {
    const at = random.below(value.length);
    if (random.chance(0.2)) return [...value, ...random.times(random.below(40), () => value[at]!)];
    return value.map((item, i) => (i === at ? changed(random, item) : item));
  }
  const key = random.pick(Object.keys(value));
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (random.chance(0.15)) return rest;
  if (random.chance(0.1))
    return { ...value, [random.pick(["", "extra", "__proto__", "é"])]: random.pick(wrongValues) };
  return { ...value, [key]: changed(random, value[key]!) };
}

function otherValue(random: Random, value: Json): Json {
  return random.weigh<() => Json>([
    [4, () => random.pick(wrongValues)],
    [2, () => [value]],
    [2, () => ({ env: random.pick(["HOME", "", "PATH", "\u0000", "x=y"]) })],
    [2, () => ({ sha256: random.pick(["", "zz", "ab".repeat(32), "AB".repeat(32), "ab".repeat(33)]) })],
    [2, () => random.pick(oddTexts)],
  ])();
}

/** Writes one member a second time. */
function repeatedKey(random: Random, text: string): string {
  const members = [...text.matchAll(/"[^"\\]{1,40}":(?:"[^"\\]*"|\d+|true|false|null)/g)];
  if (members.length === 0) return text;
  const member = random.pick(members);
  return `${text.slice(0, member.index)}${member[0]},${text.slice(member.index)}`;
}

/** Bytes cut off, taken out, put in or changed. */
function damaged(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  const odd = Buffer.from([random.pick([0, 0x22, 0x5c, 0x7b, 0x5d, 0x2c, 0x80, 0xff, random.below(256)])]);
  return random.weigh([
    [2, bytes.subarray(0, at)],
    [1, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))])],
    [1, Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at)])],
    [1, Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at + 1)])],
  ]);
}

function nested(random: Random): string {
  const depth = random.pick([10, 63, 64, 65, 1000, 20_000]);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
  ] as const);
  return `${open.repeat(depth)}0${random.chance(0.5) ? close.repeat(depth) : ""}`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

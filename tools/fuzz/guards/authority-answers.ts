import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";

/** What an authority answers, and whether that lets a request pass. */
export interface Answer {
  headers: Header[];
  /** Byte string. */
  body: string;
  trailers: Header[] | null;
  isYes: boolean;
}

const odd = [
  "201",
  "204",
  "301",
  "302",
  "400",
  "401",
  "403",
  "404",
  "429",
  "500",
  "503",
  "",
  "2OO",
  "99",
  "999",
];

/** Its status decides. */
function byStatus(random: Random): Answer {
  const status = random.chance(0.5) ? "200" : random.pick(odd);
  const names = [
    "x-user",
    "location",
    ":path",
    "x-envoy-x",
    "content-length",
    "x-envoy-auth-headers-to-remove",
  ];
  const extra: Header[] = random.chance(0.3)
    ? [[random.pick(names), random.pick(["test", "", "\0", "authorization,,"])]]
    : [];
  const body = random.chance(0.3) ? "body" : "";
  return { headers: [[":status", status], ...extra], body, trailers: null, isYes: status === "200" };
}

const results: [json: string, isYes: boolean][] = [
  ['{"result":true}', true],
  ['{"result":{"allowed":true}}', true],
  ['{"result":{"allow":true,"headers":{"x-user":"alice"}}}', true],
  ['{"result":{"allowed":false,"allow":true}}', false],
  ['{"result":{"allowed":true,"headers":{"a b":"c"}}}', true],
  ['{"result":false}', false],
  ['{"result":{"allowed":"true"}}', false],
  ['{"result":{"allowed":1}}', false],
  ['{"result":"true"}', false],
  ['{"result":[true]}', false],
  ['{"result":{}}', false],
  ['{"result":null}', false],
  ["{}", false],
  ["true", false],
  ['{"allow":true}', false],
  ['{"result":tru', false],
  ['{"result":true', false],
  ["", false],
  ['[{"result":true}]', false],
  ['{"result":{"result":true}}', false],
  [`{"result":true,"more":"${"x".repeat(300_000)}"}`, false],
];

/** What the rule came to decides. */
function byResult(random: Random): Answer {
  const [body, isYes] = random.chance(0.4) ? results[0]! : random.pick(results);
  const status = random.chance(0.85) ? "200" : random.pick(odd);
  return { headers: [[":status", status]], body, trailers: null, isYes: isYes && status === "200" };
}

const messages: [message: string, isYes: boolean][] = [
  ["\x0a\x00", true],
  ["\x0a\x02\x08\x00", true],
  ["\x0a\x00\x1a\x00", true],
  ["\x0a\x00\x1a\x0d\x12\x0b\x0a\x09\x0a\x01a\x12\x04test", true],
  ["\x0a\x02\x08\x07", false],
  ["\x0a\x02\x08\x07\x12\x00", false],
  ["\x0a\x02\x08\x10\x1a\x00", false],
  ["\x0a\x0b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", false],
  ["", false],
  ["\x1a\x00", false],
  ["\x0a", false],
  ["\x0a\x05\x08\x00", false],
  ["\x0a\x00\x1a\x7f", false],
  ["\xff\xff\xff", false],
];

/** The message decides, in a frame of its own. */
function byMessage(random: Random): Answer {
  const [message, isYes] = random.chance(0.4) ? messages[0]! : random.pick(messages);
  const code = random.chance(0.85) ? "0" : random.pick(["1", "2", "7", "14", "16", "", "x", "-1"]);
  const isWhole = random.chance(0.9);
  const size = String.fromCharCode(0, 0, 0, 0, isWhole ? message.length : message.length + 1);
  return {
    headers: [
      [":status", "200"],
      ["content-type", "application/grpc"],
    ],
    body: size + message,
    trailers: random.chance(0.95) ? [["grpc-status", code]] : [],
    isYes: isYes && code === "0" && isWhole,
  };
}

/** How each filter's authority answers. */
export const answers: Record<"ext-authz" | "ext-authz-grpc" | "ext-authz-opa", (random: Random) => Answer> = {
  "ext-authz": byStatus,
  "ext-authz-grpc": byMessage,
  "ext-authz-opa": byResult,
};

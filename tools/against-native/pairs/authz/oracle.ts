import type { Bytes } from "../../../traffic/bytes.js";
import type { Line, Request } from "../../../traffic/wire/message.js";
import { trimmed } from "../make.js";

// What our rules say about a request, read anew and without their code: from the text of the configuration alone.

/** A path as rules compare it; null where servers may disagree about it. */
export function normalPath(target: Bytes): Bytes | null {
  const path = target.replace(/^https?:\/\/[^/?]*/i, "").split("?")[0]!;
  const isOdd = /[\\#\0]|%(?![0-9a-f]{2})|%(2f|5c|3b|[01][0-9a-f]|7f)/i.test(path);
  const climbs = /\/\/+(\.|%2e){2}(\/|;|$)/i.test(path);
  if (isOdd || climbs || isOverlong(path) || !path.startsWith("/")) return null;
  const segments = path.split("/").slice(1).map(segmentOf);
  if (segments.some((segment) => segment === null)) return null;
  return resolved(segments as string[]);
}

/** Forms of UTF-8 that are longer than they need be stand for characters that they hide. */
function isOverlong(path: Bytes): boolean {
  const bytes = path.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return /[\xc0\xc1]|\xe0[\x80-\x9f]|\xf0[\x80-\x8f]/.test(bytes);
}

/** Without parameters; null where only these hide that it is a dot segment. */
function segmentOf(raw: string): string | null {
  const [name = "", ...parameters] = raw.split(";");
  const plain = name.replace(/%([0-9a-f]{2})/gi, (escape, digits: string) => {
    const character = String.fromCharCode(parseInt(digits, 16));
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
  });
  return parameters.length > 0 && /^\.\.?$/.test(plain) ? null : plain;
}

function resolved(segments: readonly string[]): string {
  const kept: string[] = [];
  segments.forEach((segment, at) => {
    const isLast = at === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "" && segment !== "." && segment !== "..") kept.push(segment);
    else if (isLast) kept.push("");
  });
  return `/${kept.join("/")}`;
}

interface Match {
  any?: boolean;
  path?: string;
  prefix?: string;
  case_sensitive?: boolean;
  methods?: string[];
  headers?: {
    name: string;
    string_match?: Record<string, string>;
    present_match?: boolean;
    invert_match?: boolean;
  }[];
}

export interface OwnRule {
  action: "ALLOW" | "DENY";
  permissions: Match[];
  principals: { any?: boolean; remote_ip?: string[]; direct_remote_ip?: string[] }[];
}

/** Whether the rules let it pass: one allows it for sure, and none might deny it. */
export function isAllowed(rules: readonly OwnRule[], request: Request, path: Bytes): boolean {
  const truths = rules.map((rule) => ({
    rule,
    truth: Math.min(
      Math.max(...rule.permissions.map((match) => truthOf(match, request, path))),
      // All requests come from 127.0.0.1.
      Math.max(...rule.principals.map(isHere)),
    ),
  }));
  const denies = truths.some(({ rule, truth }) => rule.action === "DENY" && truth > no);
  return !denies && truths.some(({ rule, truth }) => rule.action === "ALLOW" && truth === yes);
}

const [no, unknown, yes] = [0, 1, 2];

function isHere({ any, remote_ip = [], direct_remote_ip = [] }: OwnRule["principals"][number]): number {
  return any || [...remote_ip, ...direct_remote_ip].includes("127.0.0.0/8") ? yes : no;
}

function truthOf(
  { path, prefix, case_sensitive = true, methods, headers = [] }: Match,
  request: Request,
  asked: Bytes,
): number {
  const text = case_sensitive ? asked : asked.toLowerCase();
  const fits =
    (path === undefined || text === path) &&
    (prefix === undefined || text.startsWith(prefix)) &&
    (methods === undefined || methods.includes(request.method));
  return fits ? Math.min(yes, ...headers.map((header) => truthOfHeader(header, request.lines))) : no;
}

function truthOfHeader(
  { name, string_match, present_match, invert_match = false }: NonNullable<Match["headers"]>[number],
  lines: readonly Line[],
): number {
  const values = lines.filter(([key]) => key.toLowerCase() === name).map(([, value]) => trimmed(value));
  if (present_match !== undefined) return (values.length > 0 === present_match) !== invert_match ? yes : no;
  const fitting = values.filter((value) => fits(string_match!, value) !== invert_match).length;
  if (fitting === 0) return no;
  return fitting === values.length ? yes : unknown;
}

function fits({ exact, prefix, contains }: Record<string, string>, value: Bytes): boolean {
  if (exact !== undefined) return value === exact;
  return prefix !== undefined ? value.startsWith(prefix) : value.includes(contains!);
}

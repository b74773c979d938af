/** What servers may take a path for. */
export interface Readings {
  /** Each path that some server or other would take it for. */
  all: readonly string[];
  /** Those among them of servers that do all that servers do to paths. */
  final: readonly string[];
}

/** Readings of a request's path. Escapes are resolved once: whoever does so twice is beyond help. */
export function readings(path: string): Readings {
  const plain = path.split("?")[0]!;
  const spelled = closure(plain);
  const decoded = spelled.all.map(unescaped).map(closure);
  return {
    all: [...new Set([...spelled.all, ...decoded.flatMap(({ all }) => all)])],
    final: [...new Set(decoded.flatMap(({ final }) => final))],
  };
}

/** All that a path becomes by any of the steps, in any order. */
function closure(path: string): Readings {
  const all = new Set([path]);
  for (const one of all) for (const step of steps) all.add(step(one));
  const final = [...all].filter((one) => steps.every((step) => step(one) === one));
  return { all: [...all], final };
}

/** What servers do to a path, each on its own and in any order. */
const steps: readonly ((path: string) => string)[] = [
  (path) => path.split("#")[0]!,
  (path) => path.replaceAll("\\", "/"),
  (path) => path.replace(/;[^/]*/g, ""),
  (path) => path.split("\0")[0]!,
  merged,
  resolved,
];

function unescaped(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function merged(path: string): string {
  return path.replace(/\/{2,}/g, "/");
}

/** Without dot segments, as RFC 3986 section 5.2.4 removes them. */
function resolved(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "." && segment !== "..") kept.push(segment);
    else if (isLast) kept.push("");
  }
  return `/${kept.join("/")}`;
}

/** Whether a path is a prefix or lies below it. */
export function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** Paths that are not what they seem. */
export const trickyPaths: readonly string[] = [
  ...["/public", "/public/", "/public/a", "/publicity", "/PUBLIC/a", "/public/../admin", "/public/..;/admin"],
  ...[
    "/public/%2e%2e/admin",
    "/public/.%2e/admin/x",
    "/public//../admin",
    "//public/a",
    "/public\\..\\admin",
  ],
  ...[
    "/public%2fa",
    "/public/%2e%2e%2fadmin",
    "/%70ublic/a",
    "/public;x=/../admin",
    "/public/a;b/..;/../admin",
  ],
  ...[
    "/admin",
    "/admin/",
    "/admin/x",
    "/Admin",
    "/%61dmin/x",
    "//admin",
    "/./admin",
    "/a/../admin",
    "/admin;a=b",
  ],
  ...[
    "/admin%00",
    "/admin%20",
    "/admin?x=/public",
    "/public?x=/admin",
    "/public#/../admin",
    "/public/%c0%ae%c0%ae/admin",
  ],
  ...["/orders", "/orders?id=1", "/", "*", "", "/..", "/.", "/%", "/public/%zz", "/public/a/../../admin"],
];

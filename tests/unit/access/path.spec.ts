import { Action, Exchange, normalPath } from "meshscript/assembly";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { isNormalPath, normalForm } from "meshscript/assembly/access/path";
import { Request } from "meshscript/assembly/testing";
import { onRequest } from "../http/probe";

/** `-` where readers would differ. */
function normal(path: string): string {
  const form = normalForm(Bytes.ofText(path));
  return form === null ? "-" : form.toString();
}

/** Paths, and behind each its normal form. */
function expectForms(table: string[]): void {
  for (let i = 0; i < table.length; i += 2) {
    expect(normal(table[i])).toBe(table[i + 1], table[i]);
    // Looked at twice it stays the same.
    if (table[i + 1] != "-") expect(normal(table[i + 1])).toBe(table[i + 1], table[i]);
  }
}

function expectDoubtful(paths: string[]): void {
  for (let i = 0; i < paths.length; ++i) expect(normal(paths[i])).toBe("-", paths[i]);
}

describe("a path in normal form", () => {
  test("is the path itself where nothing in it is written otherwise", () => {
    const paths = [
      "/",
      "/a",
      "/a/",
      "/a/b/c.html",
      "/A/b",
      "/a.b/..c/d../e.",
      "/...",
      "/a/.../b",
      "/users/42:activate",
      "/~joe/a-b_c/@me/a=b,c&d+e$f!'(x)*",
      "/100%25",
      "/a%20b",
      "/caf%C3%A9",
      "/a%3Fb%23c",
    ];
    for (let i = 0; i < paths.length; ++i) expect(normal(paths[i])).toBe(paths[i]);
  });

  test("has no query", () => {
    expectForms([
      "/a?b=c",
      "/a",
      "/?",
      "/",
      "/a?",
      "/a",
      "/a/?x=/../b",
      "/a/",
      "/a?b#c",
      "/a",
      "/a?%zz;\\//",
      "/a",
    ]);
  });

  test("has no escapes of what may stand plainly", () => {
    expectForms(["/%61dmin", "/admin", "/%41dmin", "/Admin", "/a%2Db%2e%5F%7e", "/a-b._~"]);
    expectForms(["/v1/users%3Adelete", "/v1/users:delete", "/%40me", "/@me", "/a%2bb%2Cc%3d", "/a+b,c="]);
  });

  test("has all other escapes in capitals", () => {
    expectForms(["/caf%c3%a9", "/caf%C3%A9", "/a%3fb", "/a%3Fb", "/%7b%7D", "/%7B%7D", "/a%20b", "/a%20b"]);
  });

  test("has escapes in place of what may not stand plainly", () => {
    expectForms([
      "/café",
      "/caf%C3%A9",
      "/a|b",
      "/a%7Cb",
      "/[a]",
      "/%5Ba%5D",
      '/"<>^`{}',
      "/%22%3C%3E%5E%60%7B%7D",
    ]);
    expectForms(["/日本", "/%E6%97%A5%E6%9C%AC", "/𝄞", "/%F0%9D%84%9E"]);
  });

  test("is unescaped once", () => {
    expectForms(["/%252e%252e/a", "/%252e%252e/a", "/%2561dmin", "/%2561dmin", "/%25%32%65", "/%252e"]);
    expectForms(["/%25252F", "/%25252F", "/%252F", "/%252F"]);
  });

  test("has one slash in place of many", () => {
    expectForms(["//", "/", "//a", "/a", "/a//b", "/a/b", "/a///b//", "/a/b/", "////admin", "/admin"]);
    expectForms(["//host/a", "/host/a"]);
  });

  test("has no dot segments, however they are written", () => {
    expectForms(["/.", "/", "/./", "/", "/./a", "/a", "/a/.", "/a/", "/a/./b", "/a/b", "/a/./", "/a/"]);
    expectForms(["/a/..", "/", "/a/../", "/", "/a/../b", "/b", "/a/b/..", "/a/", "/a/b/../c", "/a/c"]);
    expectForms(["/a/b/../../c", "/c", "/a/./../b", "/b", "/a/b/c/./../../g", "/a/g", "/a/x/.././y", "/a/y"]);
    expectForms([
      "/public/%2e%2e/admin",
      "/admin",
      "/public/%2E%2e/admin",
      "/admin",
      "/public/.%2e/admin",
      "/admin",
    ]);
    expectForms(["/public/%2e./admin", "/admin", "/%2e/admin", "/admin", "/a/%2e", "/a/", "/a/%2e%2e", "/"]);
    expectForms(["/a/..?x", "/", "/a/b/..?/../..", "/a/"]);
  });

  test("does not leave the root", () => {
    expectForms([
      "/..",
      "/",
      "/../",
      "/",
      "/../a",
      "/a",
      "/../../a",
      "/a",
      "/a/../../../b",
      "/b",
      "/%2e%2e/%2e%2e/a",
      "/a",
    ]);
  });

  test("has no parameters", () => {
    expectForms([
      "/a;b",
      "/a",
      "/a;b=c/d",
      "/a/d",
      "/a;",
      "/a",
      "/a;x;y/b;z",
      "/a/b",
      "/admin;jsessionid=1",
      "/admin",
    ]);
    expectForms([
      "/;a",
      "/",
      "/;a/b",
      "/b",
      "/a/;x",
      "/a/",
      "/a/;x/b",
      "/a/b",
      "/a;%2e%2e/b",
      "/a/b",
      "/a;b?c;d",
      "/a",
    ]);
    expectForms(["/a;../b", "/a/b", "/a;x/../b", "/b"]);
  });
});

describe("a path that readers would take for different ones", () => {
  test("begins with no slash", () => {
    expectDoubtful([
      "",
      "?",
      "a",
      "a/b",
      "*",
      ".",
      "../a",
      "?/a",
      "%2Fa",
      ";/a",
      "http://host/a",
      "host:443",
    ]);
  });

  test("has a slash or a backslash in escapes, or a backslash", () => {
    expectDoubtful(["/a%2Fb", "/a%2fb", "/%2f", "/a/..%2fb", "/%2e%2e%2fa", "/a%5Cb", "/a%5cb", "/..%5cb"]);
    expectDoubtful(["/a\\b", "/\\", "/a/..\\b", "/a;\\", "/a;x=%2F..%2Fadmin/b"]);
  });

  test("has parameters in escapes", () => {
    expectDoubtful(["/admin%3Bx", "/admin%3bx", "/..%3B/admin"]);
  });

  test("has control characters, in escapes or plain", () => {
    expectDoubtful(["/a%00", "/%00/a", "/a%00.html", "/a%0d%0ab", "/a%09", "/a%1f", "/a%7F", "/a%7f"]);
    expectDoubtful(["/a\0", "/a\tb", "/a\nb", "/a\rb", "/a\x7f", "/a b", "/a;\x01"]);
  });

  test("has escapes that are none", () => {
    expectDoubtful([
      "/%",
      "/a%",
      "/a%2",
      "/a%zz",
      "/%%",
      "/%%32%65",
      "/%u002e",
      "/a%2/b",
      "/a% 2",
      "/a%-1",
      "/a%0xaa",
      "/%g0",
    ]);
    expectDoubtful(["/a%2?e", "/a%?2e"]);
  });

  test("has a fragment", () => {
    expectDoubtful(["/a#b", "/#", "/a/#/../b", "/a#?b"]);
  });

  test("has dot segments with parameters", () => {
    expectDoubtful([
      "/a/..;/b",
      "/..;/b",
      "/a/.;/b",
      "/a/..;x=1/b",
      "/a/%2e%2e;/b",
      "/a/..;",
      "/a/.;",
      "/a/.%2e;x",
    ]);
  });

  test("has overlong forms", () => {
    expectDoubtful([
      "/%c0%ae%c0%ae/a",
      "/%C0%AFa",
      "/%c1%9c",
      "/%e0%80%ae",
      "/%E0%80%AF",
      "/%e0%9f%bf",
      "/%f0%80%80%ae",
    ]);
    expectDoubtful(["/%F0%8F%BF%BF", "/a;%c0%af"]);
    expectForms([
      "/%E0%A0%80",
      "/%E0%A0%80",
      "/%F0%90%80%80",
      "/%F0%90%80%80",
      "/%e9",
      "/%E9",
      "/%E0/%80",
      "/%E0/%80",
    ]);
  });

  test("goes up behind slashes in a row, which not all merge first", () => {
    expectDoubtful(["/a//../b", "//../b", "/a//b/../../c", "/a/;x/../b", "/a//.."]);
    expectForms(["/a/..//b", "/b", "/a//./b", "/a/b", "/x/../a//b", "/a/b"]);
  });
});

describe("a configured path", () => {
  test("can fit only where it is in normal form", () => {
    const good = ["/", "/a", "/a/", "/a/b.c", "/caf%C3%A9", "/a%20b"];
    for (let i = 0; i < good.length; ++i) expect(isNormalPath(Bytes.ofText(good[i]))).toBe(true, good[i]);
    const bad = [
      "",
      "a",
      "//",
      "/a//b",
      "/a/../b",
      "/a/.",
      "/a?b",
      "/a;b",
      "/%61",
      "/café",
      "/a%2fb",
      "/%c3%a9",
      "*",
      "/a%20b?",
    ];
    for (let i = 0; i < bad.length; ++i) expect(isNormalPath(Bytes.ofText(bad[i]))).toBe(false, bad[i]);
  });
});

let seen: string = "";

function seenOf(method: string, path: string): string {
  onRequest(
    (x: Exchange): Action => {
      const form = normalPath(x.request);
      seen = form === null ? "-" : form.toString();
      return Action.Continue;
    },
    new Request(method, path),
  );
  return seen;
}

describe("a request", () => {
  test("has the normal form of its path", () => {
    expect(seenOf("GET", "/a/%2e%2e/b?c")).toBe("/b");
    expect(seenOf("GET", "/a%2Fb")).toBe("-");
  });

  test("for all of a server has a star for a path, with OPTIONS only", () => {
    expect(seenOf("OPTIONS", "*")).toBe("*");
    expect(seenOf("GET", "*")).toBe("-");
    expect(seenOf("OPTIONS", "/a")).toBe("/a");
  });

  test("without a path is for CONNECT only", () => {
    expect(seenOf("CONNECT", "")).toBe("");
    expect(seenOf("GET", "")).toBe("-");
  });
});

// A generator of its own, so that the paths are the same each time.
let state: u32 = 20_261_124;

function random(below: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

const parts = [
  "/",
  "/",
  "/",
  "a",
  "B",
  ".",
  ".",
  "..",
  "%2e",
  "%2E",
  ";",
  "%25",
  "%20",
  "%C3%a9",
  "é",
  "//",
  "x=1",
  "|",
  "%61",
  "?",
];

describe("any path", () => {
  test("has a normal form that is its own, without anything that is left to be read otherwise", () => {
    let sound = 0;
    for (let i = 0; i < 5_000; ++i) {
      let path = "/";
      for (let n = random(10); n > 0; --n) path += parts[random(parts.length)];
      const form = normal(path);
      if (form == "-") continue;
      ++sound;
      expect(normal(form)).toBe(form, path);
      const wrong =
        form.includes("//") || form.includes("/./") || form.includes("/../") || form.includes(";");
      expect(wrong || form.includes("?") || form.endsWith("/.") || form.endsWith("/..")).toBe(false, path);
    }
    expect(sound).toBeGreaterThan(1_000);
  });
});

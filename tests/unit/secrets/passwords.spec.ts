import { Bytes, Exchange, HttpFilter, Passwords, config, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Holder extends HttpFilter {
  users: Passwords = config.passwords("users");

  override onConfigure(): void {
    latest = this;
  }
}

register<Holder>();

let latest: Holder | null = null;

// Test passwords: test-password-alice, test-password-bob and test-password-carol.
const ALICE = "alice:$pbkdf2-sha256$2000$AAECAwQFBgcICQoLDA0ODw$S/xL1jJW6M1GeX5lKdoyhrN0HDjzvGfyChDqL1JIqNc";
const BOB = "bob:$pbkdf2-sha256$3000$dGVzdC1zYWx0LW9mLWJvYg$in/e9ja5sTW3c.E15v1fMBuF6W0Iwx0ww6E27K/Neik";
const CAROL = "carol:{SHA}ib2/t3Dpi+AXzvjWwI6IEk69adI=";

function problems(users: string): string[] {
  return new Trial('{"users":' + users + "}").problems;
}

function usersOf(users: string): Passwords {
  expect(problems(users)).toStrictEqual([]);
  return latest!.users;
}

function nameFor(users: Passwords, user: string, password: string): string {
  const found = users.verify(Bytes.ofText(user), Bytes.ofText(password));
  return found < 0 ? "(nobody)" : users.nameOf(found);
}

function expectAll(users: Passwords): void {
  expect(users.size).toBe(3);
  for (let i = 0; i < 2; ++i) {
    expect(nameFor(users, "alice", "test-password-alice")).toBe("alice");
    expect(nameFor(users, "bob", "test-password-bob")).toBe("bob");
    expect(nameFor(users, "carol", "test-password-carol")).toBe("carol");
    expect(nameFor(users, "bob", "test-password-alice")).toBe("(nobody)");
    expect(nameFor(users, "carol", "test-password-bob")).toBe("(nobody)");
    expect(nameFor(users, "dora", "test-password-carol")).toBe("(nobody)");
    expect(nameFor(users, "", "test-password-carol")).toBe("(nobody)");
    expect(nameFor(users, "alice", "")).toBe("(nobody)");
  }
}

describe("users with passwords", () => {
  test("are found by their own, whatever kind of hash the others have, and found again", () => {
    expectAll(usersOf('["' + ALICE + '","' + BOB + '","' + CAROL + '"]'));
    expectAll(usersOf('["' + CAROL + '","' + BOB + '","' + ALICE + '"]'));
  });

  test("stand in a text, line by line", () => {
    const lines = "# users\\n\\n" + ALICE + "\\r\\n" + BOB + "\\n" + CAROL;
    expectAll(usersOf('"' + lines + '"'));
    expectAll(usersOf('{"inline_string":"' + lines + '\\n"}'));
    Trial.environment("USERS", ALICE + "\n" + BOB + "\n#" + BOB + "\n" + CAROL + "\n");
    expectAll(usersOf('{"env":"USERS"}'));
  });

  test("may be one alone, of either kind", () => {
    const sha = usersOf('["' + CAROL + '"]');
    expect(nameFor(sha, "carol", "test-password-carol")).toBe("carol");
    expect(nameFor(sha, "carol", "test-password-bob")).toBe("(nobody)");
    expect(nameFor(sha, "dora", "test-password-carol")).toBe("(nobody)");
    const derived = usersOf('["' + ALICE + '"]');
    expect(nameFor(derived, "alice", "test-password-alice")).toBe("alice");
    expect(nameFor(derived, "alice", "test-password-carol")).toBe("(nobody)");
  });

  test("are not found by what they had in another configuration", () => {
    const before = usersOf('["' + ALICE + '"]');
    expect(nameFor(before, "alice", "test-password-alice")).toBe("alice");
    const after = usersOf('["' + ALICE.replace("2000", "2001") + '"]');
    expect(nameFor(after, "alice", "test-password-alice")).toBe("(nobody)");
    expect(nameFor(after, "bob", "test-password-bob")).toBe("(nobody)");
  });

  test("are still told apart when more come than are remembered", () => {
    const users = usersOf('["' + ALICE.replace("$2000", "$1000") + '","' + BOB + '"]');
    for (let i = 0; i < 3; ++i) {
      expect(nameFor(users, "bob", "test-password-bob")).toBe("bob");
      expect(nameFor(users, "bobt", "est-password-bob")).toBe("(nobody)");
      expect(nameFor(users, "alice", "test-password-bob")).toBe("(nobody)");
    }
  });
});

describe("a line", () => {
  test("has a user, a colon and a hash of a known kind", () => {
    expect(
      problems('["carol","carol:","c\\u0007:{SHA}x",":{SHA}ib2/t3Dpi+AXzvjWwI6IEk69adI="]'),
    ).toStrictEqual([
      "users[0]: expected user:hash",
      "users[1]: its hash must begin with {SHA} or $pbkdf2-sha256$",
      "users[2]: its user must not hold control characters",
      "users[3]: expected user:hash",
    ]);
  });

  test("is named by its number, and never shown", () => {
    const trial = new Trial('{"users":"' + CAROL + "\\n" + CAROL + "\\ndora:test-password-dora" + '"}');
    expect(trial.problems).toStrictEqual([
      "users: line 2: its user stands there twice",
      "users: line 3: its hash must begin with {SHA} or $pbkdf2-sha256$",
    ]);
    for (let i = 0; i < trial.logs().length; ++i) expect(trial.logs()[i].text.includes("dora")).toBe(false);
  });

  test("is needed", () => {
    expect(new Trial("{}").problems).toStrictEqual(["users: required"]);
    expect(problems("[]")).toStrictEqual(["users: must not be empty"]);
    expect(problems('"#"')).toStrictEqual(["users: must not be empty"]);
    expect(problems("true")).toStrictEqual(["users: expected text, list or object, got flag"]);
    expect(problems("{}")).toStrictEqual(["users: expected either inline_string or env"]);
    expect(problems('{"env":"NO_USERS"}')).toStrictEqual(["users: env: no such environment variable"]);
  });
});

import { createHash, pbkdf2Sync } from "node:crypto";
import type { Header } from "../../emulator/index.js";
import { onlyOf, type Guard } from "./guard.js";
import { mutated, request } from "./requests.js";

const passwords: Record<string, string> = {
  alice: "test-password-alice",
  bob: "test:password:of:bob",
  carol: "test-pass\u00e4\u00f6wort",
};

const abase64 = (hash: Buffer): string => hash.toString("base64").replaceAll("+", ".").replaceAll("=", "");

function derived(password: string): string {
  const salt = Buffer.from("test-salt-of-16b");
  // As few rounds as are taken, for there are many requests.
  const hash = pbkdf2Sync(password, salt, 1000, 32, "sha256");
  return `$pbkdf2-sha256$1000$${abase64(salt)}$${abase64(hash)}`;
}

const sha = (password: string): string => `{SHA}${createHash("sha1").update(password).digest("base64")}`;

const configuration = {
  users: [
    `alice:${sha(passwords["alice"]!)}`,
    `bob:${derived(passwords["bob"]!)}`,
    `carol:${sha(passwords["carol"]!)}`,
  ],
  forward_username_header: "x-user",
};

export const basicAuth: Guard = () => ({
  configuration,
  attempt: (random) => {
    const user = random.pick([...Object.keys(passwords), "nobody", "Alice", ""]);
    const password = random.chance(0.7)
      ? (passwords[user] ?? "wrong")
      : random.pick([...Object.values(passwords), "", "wrong", "test-password-alic"]);
    const text = random.chance(0.9)
      ? `${user}:${password}`
      : random.pick([user, `${user}\0:${password}`, `${user}:${password}\0`, `:${password}`]);
    const scheme = random.chance(0.9) ? "Basic" : random.pick(["basic", "BASIC", "Bearer", "Basic ", ""]);
    const line: Header = ["authorization", `${scheme} ${Buffer.from(text).toString("base64")}`];
    const forged: Header[] = random.chance(0.2) ? [["x-user", "admin"]] : [];
    return mutated(random, request(random, "/orders", [...forged, line]));
  },
  mayPass: ({ headers }) => {
    const [, encoded] = /^basic +(\S+) *$/i.exec(onlyOf(headers, "authorization") ?? "") ?? [];
    if (encoded === undefined) return false;
    const text = Buffer.from(encoded, "base64");
    // What is not the only spelling of its bytes is none.
    if (text.toString("base64").replaceAll("=", "") !== encoded.replaceAll("=", "")) return false;
    return Object.entries(passwords).some(([user, password]) =>
      text.equals(Buffer.from(`${user}:${password}`)),
    );
  },
});

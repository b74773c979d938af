import type { Header } from "../../emulator/index.js";
import { onlyOf, valuesOf, type Guard } from "./guard.js";
import { mutated, request } from "./requests.js";

const safe = ["GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"];
const trusted = [/^shop\.example$/, /^[^/@?#\\]*\.trusted\.example$/, /^pay\.example:8443$/];

const configuration = { additional_origins: [{ suffix: ".trusted.example" }, { exact: "pay.example:8443" }] };

const origins = [
  ...["https://shop.example", "http://shop.example", "https://a.trusted.example", "https://pay.example:8443"],
  ...[
    "https://evil.example",
    "null",
    "",
    "https://shop.example.evil.example",
    "https://evil.example/.trusted.example",
  ],
  ...[
    "https://trusted.example",
    "https://nottrusted.example",
    "https://shop.example:444",
    "shop.example",
    "https://",
  ],
  ...[
    "https://evil.example#.trusted.example",
    "https://evil.example?.trusted.example",
    "https://shop.example@evil.example",
  ],
  ...["https://evil.example\\.trusted.example", "*", "https://a.trusted.example, https://evil.example"],
];

/** Host and port of what a browser would send for a page; null where no browser sends it. */
function hostOf(url: string, isOrigin: boolean): string | null {
  const found = (isOrigin ? /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)$/i : /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i).exec(
    url,
  );
  return found && !/[@\\\s,]/.test(found[1]!) ? found[1]! : null;
}

export const csrf: Guard = () => ({
  configuration,
  attempt: (random) => {
    const origin = (): Header => ["origin", random.pick(origins)];
    const referer = (): Header => ["referer", `${random.pick(origins)}${random.pick(["", "/", "/a/b?c=d"])}`];
    const lines = random.pick([
      [origin()],
      [origin()],
      [referer()],
      [origin(), referer()],
      [],
      [origin(), origin()],
    ]);
    return mutated(random, request(random, "/orders", lines));
  },
  mayPass: ({ headers }) => {
    if (safe.includes(onlyOf(headers, ":method") ?? "")) return true;
    const hasOrigin = valuesOf(headers, "origin").length > 0;
    const page = onlyOf(headers, hasOrigin ? "origin" : "referer");
    const host = page === null ? null : hostOf(page, hasOrigin);
    const own = onlyOf(headers, ":authority");
    return host !== null && (host === own || trusted.slice(1).some((pattern) => pattern.test(host)));
  },
});

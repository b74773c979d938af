import type { Header } from "../../emulator/index.js";
import { onlyOf, valuesOf, type Guard, type Seen } from "./guard.js";
import { mutated, request } from "./requests.js";

const origins = [
  ...["https://app.example", "https://a.apps.example", "https://evil.example", "null", "", "*"],
  ...[
    "https://app.example.evil.example",
    "https://appsXexample",
    "HTTPS://app.example",
    "https://app.example/",
  ],
  ...["https://evil.example/.apps.example", "https://evil.example#.apps.example", "https://apps.example"],
];

const configuration = {
  allow_origin_string_match: [{ exact: "https://app.example" }, { suffix: ".apps.example" }],
  allow_methods: "GET, PUT",
  allow_credentials: true,
};

function isAllowed(origin: string): boolean {
  return (
    origin === "https://app.example" || /^[a-z][a-z0-9+.-]*:\/\/[\w.:[\]-]*\.apps\.example$/i.test(origin)
  );
}

/** A preflight that is answered here must not reach the upstream. */
function isAnswered({ headers }: Seen): boolean {
  const asks = valuesOf(headers, "access-control-request-method").some((value) => value !== "");
  return onlyOf(headers, ":method") === "OPTIONS" && asks && (valuesOf(headers, "origin")[0] ?? "") !== "";
}

export const cors: Guard = () => ({
  configuration,
  attempt: (random) => {
    const asks: Header[] = random.chance(0.5)
      ? [["access-control-request-method", random.pick(["PUT", ""])]]
      : [];
    const origin: Header[] = random.chance(0.9) ? [["origin", random.pick(origins)]] : [];
    return mutated(random, request(random, "/orders", [...asks, ...origin]));
  },
  mayPass: (seen) => !isAnswered(seen),
  mayAnswer: ({ headers }, response) => {
    const permitted = valuesOf(response, "access-control-allow-origin");
    const origin = onlyOf(headers, "origin");
    if (permitted.length === 0) return valuesOf(response, "access-control-allow-credentials").length === 0;
    return permitted.length === 1 && permitted[0] === origin && isAllowed(origin);
  },
});

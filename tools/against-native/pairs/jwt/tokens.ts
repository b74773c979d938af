import type { Random } from "../../../parity/random.js";
import { mintJwt } from "../../../traffic/mint/jwt.js";
import type { Bytes } from "../../../traffic/bytes.js";
import { mutated } from "../make.js";

/** Keys whose public halves the filters have, and those that nobody knows. */
export const knownKeys = [
  "es256-a",
  "es384-a",
  "rs256-a",
  "ps256-a",
  "eddsa-a",
  "hs256-a",
  "rs512-a",
  "hs512-a",
];
const strangeKeys = ["es256-stranger", "rs256-stranger", "hs256-stranger", "eddsa-stranger"];

/** A token, with what was done to it. */
export interface MadeToken {
  text: Bytes;
  notes: string[];
}

type Spec = Record<string, unknown> & { header: Record<string, unknown>; claims: Record<string, unknown> };

/** A change of what a token says or of how it is signed, by its name. */
const changes: Record<string, (random: Random, spec: Spec) => void> = {
  "a stranger's key": (random, spec) => {
    spec.key = random.pick(strangeKeys);
    if (random.chance(0.5)) spec.header.kid = random.pick(knownKeys);
  },
  "another kid": (random, spec) =>
    void (spec.header.kid = random.pick([...knownKeys, "nobody", "", null, 1, ["a"]])),
  "another alg": (random, spec) =>
    void (spec.header.alg = random.pick([
      "none",
      "None",
      "HS256",
      "RS256",
      "ES256",
      "PS256",
      "EdDSA",
      "",
      null,
      1,
      "ES512",
    ])),
  "signed otherwise": (random, spec) => {
    spec.sign_as = random.pick(["HS256", "HS512"]);
    spec.secret = random.pick(["pem", "empty"]);
    spec.header.alg = spec.sign_as;
  },
  "another type": (random, spec) => void (spec.header.typ = random.pick(["JOSE", "at+jwt", "", null, 1, {}])),
  "a critical extension": (random, spec) =>
    void (spec.header.crit = random.pick([["exp"], ["b64"], [], "exp", null])),
  "a key of its own": (random, spec) =>
    void (spec.header[random.pick(["jwk", "jku", "x5u", "x5c"])] = random.pick([
      "http://evil.example/",
      {},
      [],
    ])),
  "another issuer": (random, spec) =>
    void (spec.claims.iss = random.pick([
      "https://other.test",
      "https://issuer.test/",
      "HTTPS://ISSUER.TEST",
      "",
      null,
      1,
      ["https://issuer.test"],
    ])),
  "another audience": (random, spec) =>
    void (spec.claims.aud = random.pick([
      "stock",
      "evil",
      "SHOP",
      "",
      null,
      1,
      ["evil"],
      ["evil", "shop"],
      [],
      [1, "shop"],
      { shop: 1 },
    ])),
  "another subject": (random, spec) =>
    void (spec.claims.sub = random.pick(["bob", "", "al\u00e9", null, 7, ["alice"]])),
  "another expiry": (random, spec) =>
    void (spec.claims.exp = random.pick([
      "-1",
      "-50",
      "-70",
      "-3600",
      "+1000000",
      null,
      0,
      1e12,
      -1,
      "soon",
      "9999999999",
      1.5,
      {},
    ])),
  "another beginning": (random, spec) =>
    void (spec.claims.nbf = random.pick(["-10", "+30", "+50", "+70", "+3600", 0, 1e12, -1, "soon", 1.5])),
  "another issuing": (random, spec) =>
    void (spec.claims.iat = random.pick(["+30", "+70", "+3600", null, "x", 0])),
  "more claims": (random, spec) =>
    void Object.assign(
      spec.claims,
      random.pick([
        { staff: true },
        { staff: "root" },
        { org: { team: { name: "red" } } },
        { org: { team: { name: null } } },
        { org: 1 },
        { level: 7 },
        { roles: ["a", "b"] },
        { roles: [] },
      ]),
    ),
  tampered: (random, spec) =>
    void (spec.tamper = random.pick([
      "signature",
      "truncated",
      "lengthened",
      "zeros",
      "unsigned",
      "two parts",
      "four parts",
      "padded",
      "der",
      "payload",
    ])),
  "odd payload": (random, spec) =>
    void (spec.payload = random.pick([
      "",
      "{",
      "[]",
      "null",
      '"a"',
      "{}",
      '{"iss":"https://issuer.test"}',
      '{"iss":"https://issuer.test","iss":"x","aud":"shop","exp":99999999999}',
    ])),
};

export function makeToken(random: Random): MadeToken {
  const key = random.pick(knownKeys);
  const spec: Spec = { key, header: {}, claims: { aud: "shop", staff: false } };
  const wanted = random.times(random.pick([0, 0, 0, 1, 1, 1, 2]), () => random.pick(Object.keys(changes)));
  for (const change of wanted) changes[change]!(random, spec);
  // These go with some kinds of keys only.
  if (spec.tamper === "der" && !String(spec.key).startsWith("es")) delete spec.tamper;
  if (spec.secret === "pem" && String(spec.key).startsWith("hs")) spec.secret = "empty";
  const text = mintJwt(spec);
  if (!random.chance(0.08)) return { text, notes: [`${String(spec.key)}`, ...wanted] };
  return { text: mutated(random, text), notes: [String(spec.key), ...wanted, "mutated"] };
}

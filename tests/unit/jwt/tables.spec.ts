import { VerificationKey } from "meshscript/assembly";
import { TABLES_MAX, noteUse } from "meshscript/assembly/jwt/tables";
import { Jwks } from "meshscript/assembly/jwt/jwks";
import "meshscript/assembly/testing";
import { secretKey } from "./mint";

const EC =
  '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",' +
  '"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}';

function keyOf(jwk: string): VerificationKey {
  return Jwks.parse(jwk, true)!.keys[0];
}

function use(key: VerificationKey, times: i32): void {
  for (let i = 0; i < times; ++i) noteUse(key);
}

describe("a table", () => {
  test("is for a key that has verified its second token", () => {
    const key = keyOf(EC);
    noteUse(key);
    expect(key.isPrepared).toBe(false);
    noteUse(key);
    expect(key.isPrepared).toBe(true);
  });

  test("is not for a secret", () => {
    const secret = keyOf(secretKey());
    use(secret, 3);
    expect(secret.isPrepared).toBe(false);
  });

  test("goes from the key that was used longest ago to one that is used now, where it has lain idle", () => {
    const keys: VerificationKey[] = [];
    for (let i = 0; i < TABLES_MAX; ++i) {
      keys.push(keyOf(EC));
      use(keys[i], 2);
    }
    const another = keyOf(EC);
    use(another, 2);
    expect(another.isPrepared).toBe(false);
    use(keys[1], 2000);
    use(another, 1);
    expect(another.isPrepared).toBe(true);
    expect(keys[1].isPrepared).toBe(true);
    let prepared = 0;
    for (let i = 0; i < keys.length; ++i) if (keys[i].isPrepared) ++prepared;
    // One place was the first test's.
    expect(prepared).toBeGreaterThan(TABLES_MAX - 3);
    expect(prepared).toBeLessThan(TABLES_MAX);
  });

  test("that a key had comes back when it is used again", () => {
    const key = keyOf(EC);
    key.prepare();
    key.forget();
    expect(key.isPrepared).toBe(false);
    use(key, 2000);
    expect(key.isPrepared).toBe(true);
  });
});

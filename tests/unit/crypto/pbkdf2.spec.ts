import { Sha256 } from "meshscript/assembly/crypto/hash/algorithms";
import { HmacKey } from "meshscript/assembly/crypto/hmac";
import { pbkdf2 } from "meshscript/assembly/crypto/pbkdf2";
import { encoded, placed } from "../abi/bytes-of";
import { hexOf } from "./hex-of";

function derived(password: string, salt: string, iterations: u32, atLeast: u32 = 0): string {
  const to = heap.alloc(32);
  const key = encoded(password);
  const salts = encoded(salt);
  pbkdf2(new HmacKey<Sha256>(placed(key), key.length), placed(salts), salts.length, iterations, to, atLeast);
  return hexOf(to, 32);
}

class Case {
  constructor(
    readonly password: string,
    readonly salt: string,
    readonly iterations: u32,
    readonly key: string,
  ) {}
}

// The first 32 bytes of the two keys in RFC 7914, section 11; then those of RFC 6070 with SHA-256, as Python's hashlib has
// them too; then sizes around a block's: passwords of 0, 64, 65 and 100 bytes, salts of 0 and 48.
const cases: Case[] = [
  new Case("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
  new Case("Password", "NaCl", 80_000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"),
  new Case("password", "salt", 1, "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"),
  new Case("password", "salt", 2, "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43"),
  new Case("password", "salt", 4096, "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"),
  new Case(
    "passwordPASSWORDpassword",
    "saltSALTsaltSALTsaltSALTsaltSALTsalt",
    4096,
    "348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1",
  ),
  new Case("pass\0word", "sa\0lt", 4096, "89b69d0516f829893c696226650a86878c029ac13ee276509d5ae58b6466a724"),
  new Case("", "salt", 2, "62384466264daadc4144018c6bd864648272b34da8980d31521ffcce92ae003b"),
  new Case("a".repeat(64), "salt", 5, "14fd46b39ad621cad33b658d695e2354245a92bd3f57932d33b35ab45ec8bd1d"),
  new Case("a".repeat(65), "", 5, "79579e44ee3d046969c0108cece59d0818199595ff64569c145f1c767ece29af"),
  new Case(
    "a".repeat(100),
    "b".repeat(48),
    3,
    "cbb66a1b44110c134312f5f8a199b62d565cba6dba189920cf0681355e435f33",
  ),
];

describe("PBKDF2 with HMAC-SHA-256", () => {
  test("derives the keys that are known", () => {
    for (let i = 0; i < cases.length; ++i) {
      const one = cases[i];
      expect(derived(one.password, one.salt, one.iterations)).toBe(one.key, i.toString());
    }
  });

  test("derives the same key when it works longer than it has to", () => {
    for (let i = 2; i < 5; ++i) {
      const one = cases[i];
      expect(derived(one.password, one.salt, one.iterations, 4097)).toBe(one.key, i.toString());
      expect(derived(one.password, one.salt, one.iterations, one.iterations)).toBe(one.key);
    }
  });

  test("takes no salt that is too long", () => {
    expect((): void => {
      derived("password", "s".repeat(49), 1);
    }).toThrow();
  });
});

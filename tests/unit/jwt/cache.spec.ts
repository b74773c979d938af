import { Bytes, TokenCache } from "meshscript/assembly";
import "meshscript/assembly/testing";

const TOKEN = "header.payload.signature";

function kept(cache: TokenCache, token: string, generation: u32 = 1, now: i64 = 99, purpose: u32 = 0): bool {
  return cache.holds(Bytes.ofText(token), generation, now, purpose);
}

function keep(cache: TokenCache, token: string, until: i64 = 100): void {
  cache.keep(Bytes.ofText(token), 1, until);
}

function tokenOf(i: i32): string {
  return "header.payload." + i.toString().padStart(12, "0");
}

describe("a memory of tokens", () => {
  test("holds a token up to its end, for these keys and this purpose", () => {
    const cache = new TokenCache();
    expect(kept(cache, TOKEN)).toBe(false);
    keep(cache, TOKEN);
    expect(kept(cache, TOKEN)).toBe(true);
    expect(kept(cache, TOKEN, 1, 100)).toBe(false);
    expect(kept(cache, TOKEN, 2)).toBe(false);
    expect(kept(cache, TOKEN, 1, 99, 1)).toBe(false);
  });

  test("holds no token that differs in a bit, or in length", () => {
    const cache = new TokenCache(1);
    keep(cache, TOKEN);
    for (let i = 0; i < TOKEN.length; ++i) {
      const letter = String.fromCharCode(TOKEN.charCodeAt(i) ^ 1);
      expect(kept(cache, TOKEN.substring(0, i) + letter + TOKEN.substring(i + 1))).toBe(false);
    }
    expect(kept(cache, TOKEN + "a")).toBe(false);
    expect(kept(cache, TOKEN.slice(1))).toBe(false);
    expect(kept(cache, "")).toBe(false);
    expect(kept(cache, TOKEN)).toBe(true);
  });

  test("takes a new end for a token that it holds", () => {
    const cache = new TokenCache();
    keep(cache, TOKEN, 100);
    keep(cache, TOKEN, 50);
    expect(kept(cache, TOKEN, 1, 60)).toBe(false);
  });

  test("holds the newest tokens, as many as its room has", () => {
    const cache = new TokenCache(1024, 1024);
    for (let i = 0; i < 1000; ++i) {
      keep(cache, tokenOf(i));
      expect(kept(cache, tokenOf(i))).toBe(true);
    }
    let held = 0;
    for (let i = 0; i < 1000; ++i) if (kept(cache, tokenOf(i))) ++held;
    // Each takes 32 bytes; a slot may have been given to another one.
    expect(held).toBeGreaterThan(20);
    expect(held).toBeLessThan(33);
  });

  test("never takes what was written over for what was there", () => {
    const cache = new TokenCache(64, 256);
    for (let i = 0; i < 300; ++i) {
      const token = tokenOf(i) + "x".repeat(i % 50);
      keep(cache, token);
      for (let j = max(0, i - 20); j < i; ++j)
        expect(kept(cache, tokenOf(j) + "x".repeat((j + 1) % 50))).toBe(false);
    }
  });

  test("never takes the pieces of others for a token", () => {
    const cache = new TokenCache(4096, 128);
    const end = "same-end";
    const first = "a".repeat(24) + end;
    const pieced = "b".repeat(16) + "c".repeat(8) + end;
    keep(cache, first);
    for (let i = 0; i < 6; ++i) keep(cache, "filler-" + i.toString().padStart(9, "0"));
    // Where the first one was, these two now spell another one, whose slot is still the first one's.
    keep(cache, pieced.substring(0, 16));
    keep(cache, pieced.substring(16) + "d".repeat(16));
    expect(kept(cache, pieced)).toBe(false);
  });

  test("holds no token that would take a large part of its room, nor one that is too short to be one", () => {
    const cache = new TokenCache(16, 1024);
    keep(cache, "a".repeat(257));
    keep(cache, "a".repeat(7));
    expect(kept(cache, "a".repeat(257))).toBe(false);
    expect(kept(cache, "a".repeat(7))).toBe(false);
    keep(cache, "a".repeat(256));
    expect(kept(cache, "a".repeat(256))).toBe(true);
  });
});

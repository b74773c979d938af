// What the tests of key sets call from Node, as tests/unit/crypto/module.ts is for signatures.
import { KeySet, readKeySet } from "meshscript/assembly/jwt/jwks";

export { room } from "../crypto/module";

let set: KeySet | null = null;

/** Reads a set; -1 where it is none, else how many of its keys are taken. */
export function readSet(text: usize, size: usize, secrets: bool): i32 {
  set = readKeySet(text, size, secrets);
  return set === null ? -1 : set!.keys.length;
}

/** Writes the reasons for refusals, one a line, and returns how many bytes these are. */
export function refusals(to: usize): i32 {
  const lines = String.UTF8.encode(set!.refusals.join("\n"));
  memory.copy(to, changetype<usize>(lines), lines.byteLength);
  return lines.byteLength;
}

/** Whether one of the keys that are taken, by its place among those, takes a signature by an algorithm. */
export function verifiesBy(
  place: i32,
  algorithm: i32,
  text: usize,
  textSize: usize,
  signature: usize,
  size: usize,
): bool {
  return set!.keys[place].verifies(algorithm, text, textSize, signature, size);
}

/**
 * Whether two runs of bytes are equal, in a time that depends on nothing but their size, a multiple of 8.
 */
export function equalInConstantTime(a: usize, b: usize, size: usize): bool {
  let difference: u64 = 0;
  for (let i: usize = 0; i < size; i += 8) difference |= load<u64>(a + i) ^ load<u64>(b + i);
  return difference == 0;
}

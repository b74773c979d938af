/** Where the host writes the address and the size of what it returns, with room for a number behind them. */
export const OUT = memory.data(16, 8);

/** Address of what the host returned last. */
export function outData(): usize {
  return <usize>load<u32>(OUT);
}

/** Size in bytes of what the host returned last. */
export function outSize(): usize {
  return <usize>load<u32>(OUT, 4);
}

import { config } from "meshscript/assembly";

const ZERO: i32 = 0x30;
const DOT: i32 = 0x2e;

/**
 * A setting such as `600s` or `0.5s`, in milliseconds: seconds with at most three decimals, as JSON has durations of
 * protobuf.
 */
export function milliseconds(key: string, text: string): i64 {
  let sum: i64 = 0;
  let decimals = -1;
  const last = text.length - 1;
  for (let i = 0; i < last; ++i) {
    const digit = text.charCodeAt(i) - ZERO;
    if (text.charCodeAt(i) == DOT && decimals < 0 && i > 0) decimals = 0;
    else if (<u32>digit < 10) sum = sum * 10 + digit;
    else decimals = 4;
    if (<u32>digit < 10 && decimals >= 0) ++decimals;
  }
  if (last < 1 || last > 12 || text.charCodeAt(last) != 0x73 || decimals > 3) {
    config.problem(key, "expected seconds, such as 600s or 0.5s");
    return 0;
  }
  for (let i = max(decimals, 0); i < 3; ++i) sum *= 10;
  return sum;
}

/** What stands for a date that is not there, and for a value that is no date. */
export const NO_DATE: i64 = i64.MIN_VALUE;
export const BAD_DATE: i64 = i64.MIN_VALUE + 1;

/** The latest date there is: beyond it all are the same, and sums with a tolerance do not overflow. */
export const DATE_MAX: i64 = 9_007_199_254_740_992;

/** Larger exponents than any number of digits that a token has room for. */
const EXPONENT_MAX: i32 = 100_000;

/**
 * The NumericDate (RFC 7519, section 2) at `value`, in JSON that was checked: whole seconds since 1970, a fraction dropped. A
 * number below zero, or none, is `BAD_DATE`; one beyond `DATE_MAX` is that.
 */
export function dateAt(value: usize): i64 {
  let at = value;
  let byte: u32 = load<u8>(at);
  if (byte - 0x30 >= 10) return BAD_DATE;
  let number: u64 = 0;
  for (; byte - 0x30 < 10 && number < <u64>DATE_MAX; byte = load<u8>(++at))
    number = number * 10 + (byte - 0x30);
  const isWhole = byte == 0x2c || byte == 0x7d || byte <= 0x20;
  return <i64>min<u64>(isWhole ? number : withRest(number, at), DATE_MAX);
}

/** The number that goes on at `at`, with more digits, a fraction or an exponent. */
function withRest(number: u64, at: usize): u64 {
  /** By how many digits the number was shortened, below 0 lengthened. */
  let places = 0;
  let fraction = 0;
  for (let byte: u32 = load<u8>(at); byte == 0x2e || byte - 0x30 < 10; byte = load<u8>(++at)) {
    if (byte == 0x2e) fraction = 1;
    else if (number >= <u64>DATE_MAX) places += 1 - fraction;
    else {
      number = number * 10 + (byte - 0x30);
      places -= fraction;
    }
  }
  if ((load<u8>(at) | 0x20) == 0x65) places += exponentAt(at + 1);
  for (; places < 0 && number > 0; ++places) number /= 10;
  for (; places > 0 && number > 0 && number < <u64>DATE_MAX; --places) number *= 10;
  return number;
}

function exponentAt(at: usize): i32 {
  const sign: u32 = load<u8>(at);
  if (sign == 0x2b || sign == 0x2d) ++at;
  let exponent = 0;
  for (; <u32>load<u8>(at) - 0x30 < 10; ++at)
    exponent = min(exponent * 10 + (load<u8>(at) - 0x30), EXPONENT_MAX);
  return sign == 0x2d ? -exponent : exponent;
}

/** What is known of a condition. Of two that must both hold the lower one counts, of two alternatives the higher one. */
export enum Truth {
  No,
  Unknown,
  Yes,
}

export function truthOf(isTrue: bool): Truth {
  return isTrue ? Truth.Yes : Truth.No;
}

export function not(truth: Truth): Truth {
  return Truth.Yes - truth;
}

export function both(one: Truth, other: Truth): Truth {
  return one < other ? one : other;
}

export function either(one: Truth, other: Truth): Truth {
  return one > other ? one : other;
}

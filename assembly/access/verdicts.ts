import { take } from "../abi/arena";
import { sameBytes } from "../abi/compare";
import { MetricType, Status } from "../abi/enums";
import { proxy_define_metric, proxy_increment_metric } from "../abi/env";
import { hostRefused } from "../abi/line";
import { OUT } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { Encoded } from "./encoded";

/** A counter that the host knows. Its name stands behind it, as an encoded text. */
@unmanaged
class Known {
  next: Known | null;
  id: u32;
  size: u32;
}

/** Each is told to the host once, however often filters are configured: it never takes one back. */
let known: Known | null = null;

/**
 * Counts what a filter has decided: `<filter>.allowed`, and `<filter>.denied` by reason. It does what a `Counter` with a tag
 * does, in a fraction of the code: its names are few and known to be sound.
 */
export class Verdicts {
  private prefix: Encoded;

  /** `filter` is the metrics' prefix. The reasons are the filter's own words, never a client's. */
  constructor(filter: string) {
    this.prefix = Encoded.text(filter);
  }

  allowed(): void {
    count(this.prefix.at, utf8(".allowed"), utf8(""));
  }

  @inline
  denied(reason: string): void {
    count(this.prefix.at, utf8(".denied.;reason=."), utf8(reason));
  }

  /** `<filter>.<what>`, for what is neither. */
  @inline
  also(what: string): void {
    count(this.prefix.at, utf8("."), utf8(what));
  }
}

function count(filter: usize, what: usize, reason: usize): void {
  if (isDefined(MESHSCRIPT_NO_METRICS)) return;
  const name = take(sizeOf(filter) + sizeOf(what) + sizeOf(reason));
  const size = put(put(put(name, filter), what), reason) - name;
  const status = proxy_increment_metric(idOf(name, size), 1);
  if (status != Status.Ok) hostRefused(utf8("proxy_increment_metric"), status);
}

function put(to: usize, text: usize): usize {
  memory.copy(to, text, sizeOf(text));
  return to + sizeOf(text);
}

function idOf(name: usize, size: usize): u32 {
  let one = known;
  while (one !== null && !isNamed(one, name, size)) one = one.next;
  if (one !== null) return one.id;
  const status = proxy_define_metric(MetricType.Counter, name, size, OUT);
  if (status != Status.Ok) hostRefused(utf8("proxy_define_metric"), status);
  const made = changetype<Known>(heap.alloc(offsetof<Known>() + size));
  memory.copy(changetype<usize>(made) + offsetof<Known>(), name, size);
  made.id = load<u32>(OUT);
  made.size = <u32>size;
  made.next = known;
  known = made;
  return made.id;
}

function isNamed(one: Known, name: usize, size: usize): bool {
  return one.size == <u32>size && sameBytes(changetype<usize>(one) + offsetof<Known>(), name, size);
}

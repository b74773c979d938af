import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { texts } from "../config/reader";
import { problem } from "../config/scope";
import { high, isV4, low, readAddress } from "./ip-address";

/** A network takes five numbers of 64 bits: both halves of its address, of its mask, and whether it is one of IPv4. */
const SIZE = 40;

/**
 * Networks in CIDR notation: `10.0.0.0/8`, `2001:db8::/32`; an address alone is a network of its own. Bits behind the
 * prefix do not count, as with Envoy's `CidrRange`. Clients of IPv4 that come as `::ffff:10.0.0.1` count as IPv4, and
 * networks of IPv6 hold none of them.
 */
export class Networks {
  private numbers: Uint8Array;

  /** Reads the setting of an encoded key, a list of texts that may be absent. Authors call `config.networks`. */
  constructor(key: usize) {
    const written = texts(key, false);
    this.numbers = new Uint8Array(written.length * SIZE);
    for (let i = 0; i < written.length; ++i)
      if (!this.take(i, unchecked(written[i])))
        problem(key, i, utf8("is neither a network (10.0.0.0/8) nor an address"));
  }

  get isEmpty(): bool {
    return this.numbers.length == 0;
  }

  /** Whether one of them holds this address, which stands there without a port. What is no address is in none. */
  hold(address: Bytes): bool {
    if (!readAddress(address)) return false;
    let at = this.numbers.dataStart;
    for (const end = at + this.numbers.length; at < end; at += SIZE) {
      const isSame =
        (high & load<u64>(at, 16)) == load<u64>(at) && (low & load<u64>(at, 24)) == load<u64>(at, 8);
      if (isSame && <u64>isV4() == load<u64>(at, 32)) return true;
    }
    return false;
  }

  private take(index: i32, text: string): bool {
    const written = Bytes.ofText(text);
    const slash = written.indexOf(0x2f);
    if (!readAddress(written.slice(0, slash < 0 ? written.length : slash))) return false;
    // What is written as IPv4 has its prefix counted from there; ::ffff:10.0.0.0/104 says the same.
    const dotted = written.indexOf(0x3a) < 0;
    const most = dotted ? 32 : 128;
    const given = slash < 0 ? most : prefixIn(written, slash + 1);
    if (given < 0 || given > most) return false;
    const bits = dotted ? given + 96 : given;
    put(this.numbers.dataStart + index * SIZE, maskOf(bits), maskOf(bits - 64), isV4() && bits >= 96);
    return true;
  }
}

/** Writes the network of the address that was read last. */
function put(at: usize, highMask: u64, lowMask: u64, holdsV4: bool): void {
  store<u64>(at, high & highMask);
  store<u64>(at, low & lowMask, 8);
  store<u64>(at, highMask, 16);
  store<u64>(at, lowMask, 24);
  store<u64>(at, <u64>holdsV4, 32);
}

/** Up to three digits to the end of the text; -1: it is no number. */
function prefixIn(text: Bytes, from: i32): i32 {
  const digits = text.length - from;
  if (digits < 1 || digits > 3 || (digits > 1 && text.at(from) == 0x30)) return -1;
  let number = 0;
  for (let i = from; i < text.length; ++i) {
    if (<u32>text.at(i) - 0x30 >= 10) return -1;
    number = number * 10 + text.at(i) - 0x30;
  }
  return number;
}

/** The first `bits` of 64. */
function maskOf(bits: i32): u64 {
  if (bits <= 0) return 0;
  return bits >= 64 ? u64.MAX_VALUE : ~(u64.MAX_VALUE >> (<u64>bits));
}

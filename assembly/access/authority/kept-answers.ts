import { BytesBuilder } from "../../abi/builder";
import { Bytes } from "../../abi/bytes";
import { sameBytes } from "../../abi/compare";
import { isHeaderName, utf8 } from "../../abi/wire";
import { integer, text, texts } from "../../config/reader";
import { problem } from "../../config/scope";
import * as clock from "../../host/clock";
import { Exchange } from "../../http/exchange";
import { Authority } from "./authority";
import { isForOne } from "./enforce";
import { Fate, fateOf } from "./ruling";
import { milliseconds } from "./settings";

/** Most bytes of a question together with its answer: larger ones are not kept, so that all of them fit into memory. */
const MOST: i32 = 4096;

class Kept {
  constructor(
    readonly key: Uint8Array,
    readonly ruling: Uint8Array,
    readonly until: u64,
  ) {}
}

/** Answers of an authority that hold for a while. */
export class KeptAnswers {
  /** How long an answer holds, up to `3600s`. */
  ttl: string = text(utf8("ttl"));
  /** How many are kept of those that allow, and as many of those that deny. Each takes up to 4 KiB. */
  size: i64 = integer(utf8("size"), 1000, 1, 1000);
  /**
   * Request headers, pseudo-headers among them, that make two requests the same question. Without them it is all that
   * the authority is sent.
   */
  key: string[] = texts(utf8("key"), false);

  private lifetime: u32 = milliseconds(utf8("ttl"), this.ttl, 3600);
  private kept: StaticArray<Kept | null> = new StaticArray<Kept | null>(<i32>this.size * 2);

  constructor() {
    for (let i = 0; i < this.key.length; ++i)
      if (!isHeaderName(this.key[i])) problem(utf8("key"), i, utf8("is no name of a header"));
  }

  /** What makes a request this question. */
  keyOf(x: Exchange, authority: Authority): Bytes {
    const key = BytesBuilder.begin();
    const lines = x.request.headers.entries();
    if (this.key.length == 0) {
      while (lines.next())
        if (authority.sends(lines.nameBytes)) part(part(key, lines.nameBytes), lines.valueBytes);
      return key.bytes;
    }
    for (let i = 0; i < this.key.length; ++i) {
      lines.rewind();
      // What is absent is not what is empty, and no value has a NUL.
      while (lines.next()) if (lines.isNamed(this.key[i])) part(key, lines.valueBytes);
      key.addText("\0\0");
    }
    return key.bytes;
  }

  /** What was answered to this question, null where nothing holds. */
  find(key: Bytes): Bytes | null {
    const place = this.placeOf(key.pointer, key.length);
    // Two requests may have asked at once and got two answers.
    const denied = this.holding(place + <i32>this.size, key);
    return denied === null ? this.holding(place, key) : denied;
  }

  /** Keeps a ruling, unless it is for one client alone. */
  keep(key: Uint8Array, ruling: Bytes): void {
    if (key.length + ruling.length > MOST || isForOne(ruling)) return;
    const place = this.placeOf(key.dataStart, key.length);
    const until = clock.milliseconds() + this.lifetime;
    this.kept[fateOf(ruling) == Fate.Denied ? place + <i32>this.size : place] = new Kept(
      key,
      ruling.toArray(),
      until,
    );
  }

  private holding(place: i32, key: Bytes): Bytes | null {
    const kept = this.kept[place];
    if (kept === null || kept.key.length != key.length || clock.milliseconds() >= kept.until) return null;
    return sameBytes(kept.key.dataStart, key.pointer, key.length) ? Bytes.of(kept.ruling) : null;
  }

  private placeOf(from: usize, size: usize): i32 {
    let hash: u32 = 0x811c9dc5;
    for (let end = from + size; from < end; ++from) hash = (hash ^ load<u8>(from)) * 0x01000193;
    return <i32>((hash ^ (hash >> 15)) % <u32>this.size);
  }
}

function part(key: BytesBuilder, bytes: Bytes): BytesBuilder {
  return key.add(bytes).addText("\0");
}

// A place in bytes that come from elsewhere. Reading over their end, or what is no number, breaks the cursor: it then stands
// at its end and gives 0.

@unmanaged
export class Cursor {
  at: usize;
  end: usize;
  broken: bool;

  @inline
  get left(): usize {
    return this.end - this.at;
  }

  /** Marks the bytes as unsound. */
  break(): void {
    this.broken = true;
    this.at = this.end;
  }

  varint(): u64 {
    let value: u64 = 0;
    for (let shift: u64 = 0; shift < 70 && this.at < this.end; shift += 7) {
      const byte: u64 = load<u8>(this.at++);
      if (shift < 64) value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    this.break();
    return 0;
  }

  fixed<T>(): T {
    if (this.left < sizeof<T>()) {
      this.break();
      return <T>0;
    }
    const value = load<T>(this.at);
    this.at += sizeof<T>();
    return value;
  }

  /** Moves on over `size` bytes. */
  skip(size: u64): void {
    if (size > this.left) this.break();
    else this.at += <usize>size;
  }
}

export function unzigzag(value: u64): i64 {
  return (<i64>(value >> 1)) ^ -(<i64>(value & 1));
}

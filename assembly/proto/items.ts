import { Cursor, unzigzag } from "./cursor";

/** The numbers of a repeated field: a packed list, or the one that stands by itself. Read them with what their type is. */
@unmanaged
export class ProtoItems extends Cursor {
  /** Whether numbers follow. */
  get more(): bool {
    return this.at < this.end;
  }

  /** Whether what was read so far is sound. */
  get ok(): bool {
    return !this.broken;
  }

  /** The next one, signed. */
  sint(): i64 {
    return unzigzag(this.varint());
  }
}

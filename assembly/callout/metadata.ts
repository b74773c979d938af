import { listSize, pairList } from "../abi/pair-list";
import { forbidden, isHeaderName, isHeaderValue, utf8 } from "../abi/wire";

/** What a gRPC call says beside its messages, as header fields. */
export class Metadata {
  /** Size of the list that was written last. */
  static size: u32 = 0;

  private fields: string[] = [];

  /** Adds a line. One that HTTP forbids is left out, with a line in the log. */
  add(name: string, value: string): void {
    const sound = isHeaderName(name) && !name.startsWith(":") && isHeaderValue(value);
    if (sound) this.fields.push(name);
    if (sound) this.fields.push(value);
    if (!sound) forbidden(utf8(name));
  }

  /** As the host wants it, valid until the callback returns; its size is left in `Metadata.size`. */
  list(): usize {
    const list = pairList(this.fields);
    Metadata.size = listSize;
    return list;
  }
}

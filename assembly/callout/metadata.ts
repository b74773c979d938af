import { listSize } from "../abi/pair-list";
import { Fields } from "./fields";
import { forbidden, isHeaderName, isHeaderValue, utf8 } from "../abi/wire";

/** What a gRPC call says beside its messages, as header fields. */
export class Metadata {
  /** Size of the list that was written last. */
  static size: u32 = 0;

  private fields: Fields = new Fields();

  /** Adds a line. One that HTTP forbids is left out, with a line in the log. */
  add(name: string, value: string): void {
    const sound = isHeaderName(name) && !name.startsWith(":") && isHeaderValue(value);
    if (sound) this.fields.add(name, value);
    else forbidden(utf8(name));
  }

  /** As the host wants it, valid until the callback returns; its size is left in `Metadata.size`. */
  list(): usize {
    const list = this.fields.list();
    Metadata.size = listSize;
    return list;
  }
}

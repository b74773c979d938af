import { pairList } from "../abi/pair-list";

/** Header fields of a call, names and values by turns. Grown by hand: it takes less code than a list that grows by itself. */
export class Fields {
  private texts: string[] = new Array<string>(16);
  private count: i32 = 0;

  add(name: string, value: string): void {
    if (this.count == this.texts.length) this.grow();
    this.set(this.count, name);
    this.set(this.count + 1, value);
    this.count += 2;
  }

  @inline
  at(index: i32): string {
    return unchecked(this.texts[index]);
  }

  /** Puts a text in the place of one that is there. */
  @inline
  set(index: i32, text: string): void {
    unchecked((this.texts[index] = text));
  }

  /** As a pair list that is valid until the callback returns; its size is left in `listSize`. */
  list(): usize {
    return pairList(this.texts, this.count);
  }

  private grow(): void {
    const before = this.texts;
    this.texts = new Array<string>(this.count * 2);
    for (let i = 0; i < this.count; ++i) this.set(i, unchecked(before[i]));
  }
}

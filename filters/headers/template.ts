import { Bytes, BytesBuilder, Exchange, config, isHeaderValue } from "meshscript/assembly";
import { operator } from "./operators";
import { Kind, Part } from "./part";

const PERCENT: u8 = 0x25;

/** A value with operators in Envoy's own spelling: `agent=%REQ(user-agent)%`. `%%` is a percent sign. */
export class Template {
  private first: Part | null = null;
  private last: Part | null = null;

  /** What is wrong is listed as a problem of the setting `value`. */
  constructor(source: string) {
    if (!isHeaderValue(source)) config.problem("value", "holds a control character that HTTP forbids");
    this.parse(Bytes.ofText(source));
  }

  /** Whether it speaks of the response. */
  get needsResponse(): bool {
    let part = this.first;
    while (part !== null && !part.inResponse) part = part.next;
    return part !== null;
  }

  /** The value for an exchange. What is not known comes out empty. */
  render(x: Exchange): Bytes {
    const first = this.first;
    if (first !== null && first === this.last) {
      const only = first.read(x);
      if (only !== null) return only;
    }
    const value = BytesBuilder.begin();
    if (first !== null) first.addTo(value, x);
    return value.bytes;
  }

  /** Keeps what it will say of the request's headers, which are out of reach when the response comes. */
  remember(x: Exchange): void {
    const first = this.first;
    if (first !== null) first.remember(x);
  }

  private parse(source: Bytes): void {
    let at = 0;
    for (let percent = source.indexOf(PERCENT); percent >= 0; percent = source.indexOf(PERCENT, at)) {
      const end = source.indexOf(PERCENT, percent + 1);
      if (end < 0) return config.problem("value", "a % without its other one; write %% for a percent sign");
      // Of `%%` the first one belongs to the text before it.
      const double = end == percent + 1;
      this.addText(source.slice(at, double ? end : percent));
      at = end + 1;
      if (double) continue;
      const part = operator(source.slice(percent + 1, end));
      if (part === null)
        return config.problem("value", "unknown operator " + source.slice(percent, at).toString());
      this.push(part);
    }
    this.addText(source.slice(at));
  }

  private addText(text: Bytes): void {
    if (text.length > 0) this.push(new Part(Kind.Text, text.toString()));
  }

  private push(part: Part): void {
    const last = this.last;
    if (last === null) this.first = part;
    else last.next = part;
    this.last = part;
  }
}

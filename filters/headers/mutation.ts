import { Exchange, Headers, config, isHeaderName } from "meshscript/assembly";
import { Template } from "./template";

class KeyValue {
  /** Name of the header. */
  key: string = config.text("key");
  /** Its value; may hold operators such as `%REQ(name)%`. */
  value: string = config.text("value");

  template: Template = new Template(this.value);

  constructor() {
    checkName("key", this.key);
  }
}

class Append {
  /** The header. */
  header: KeyValue = config.group<KeyValue>("header");
  /** What happens to a header that is there already. */
  append_action: string = config.choice(
    "append_action",
    ["APPEND_IF_EXISTS_OR_ADD", "ADD_IF_ABSENT", "OVERWRITE_IF_EXISTS_OR_ADD", "OVERWRITE_IF_EXISTS"],
    "APPEND_IF_EXISTS_OR_ADD",
  );
  /** Whether the header is sent when its value came out empty. */
  keep_empty_value: bool = config.flag("keep_empty_value");

  get kind(): Kind {
    if (this.append_action == "ADD_IF_ABSENT") return Kind.AddIfAbsent;
    if (this.append_action == "OVERWRITE_IF_EXISTS_OR_ADD") return Kind.Overwrite;
    return this.append_action == "OVERWRITE_IF_EXISTS" ? Kind.OverwriteIfExists : Kind.Append;
  }
}

enum Kind {
  None,
  Remove,
  Append,
  AddIfAbsent,
  Overwrite,
  OverwriteIfExists,
}

/** One change of a header: exactly one of the four is set. */
export class Mutation {
  /** Name of a header to remove. */
  remove: string = config.text("remove", "");
  /** A header to append, as `append_action` says. */
  append: Append | null = config.optionalGroup<Append>("append");
  /** A header that gets this as its only value. */
  set: KeyValue | null = config.optionalGroup<KeyValue>("set");
  /** A header that gets this value in a line of its own, behind those that are there. */
  add: KeyValue | null = config.optionalGroup<KeyValue>("add");

  value: Template | null = null;
  private kind: Kind = Kind.None;
  private name: string = this.remove;
  private keepEmpty: bool = false;

  constructor() {
    const append = this.append;
    const set = this.set;
    const add = this.add;
    if (this.remove != "") this.become(Kind.Remove, null);
    if (append !== null) {
      this.become(append.kind, append.header);
      this.keepEmpty = append.keep_empty_value;
    }
    if (set !== null) this.become(Kind.Overwrite, set);
    if (add !== null) this.become(Kind.Append, add);
    if (this.kind == Kind.None) config.problem("", "expected one of remove, append, set, add");
    checkName("remove", this.remove);
  }

  apply(x: Exchange, headers: Headers): void {
    const template = this.value;
    if (template === null) {
      headers.remove(this.name);
      return;
    }
    if (!this.fits(headers)) return;
    const value = template.render(x);
    if (value.length == 0 && !this.keepEmpty) return;
    if (this.kind == Kind.Append) headers.addBytes(this.name, value);
    else headers.setBytes(this.name, value);
  }

  private fits(headers: Headers): bool {
    if (this.kind == Kind.Append || this.kind == Kind.Overwrite) return true;
    return headers.has(this.name) == (this.kind == Kind.OverwriteIfExists);
  }

  private become(kind: Kind, header: KeyValue | null): void {
    if (this.kind != Kind.None) config.problem("", "expected only one of remove, append, set, add");
    this.kind = kind;
    if (header === null) return;
    this.name = header.key;
    this.value = header.template;
  }
}

/** Lists a name that no header can have, and those that route a message: Envoy's own filter leaves them alone, too. */
function checkName(setting: string, name: string): void {
  if (!config.has(setting)) return;
  if (!isHeaderName(name)) config.problem(setting, "is no name of a header");
  if (name.charCodeAt(0) == 0x3a || isHost(name))
    config.problem(setting, "no message can do without this header");
}

function isHost(name: string): bool {
  const host = "host";
  let i = 0;
  while (i < 4 && (name.charCodeAt(i) | 0x20) == host.charCodeAt(i)) ++i;
  return i == 4 && name.length == 4;
}

import {
  Bytes,
  BytesBuilder,
  Request,
  TextCursor,
  areEqual,
  onlyFormValue,
  wholeValueOf,
} from "meshscript/assembly";
import { onlyMember } from "./structured";
import { queryOf, targetPart } from "./target";

/** Most components that a signature may cover, and most of them with a parameter: each of those is looked for in all of its field. */
const COMPONENTS_MAX = 64;
const PARTS_MAX = 8;
/** Bytes of the longest query of which single parameters may be signed. */
const QUERY_MAX = 8192;

/** What is signed (RFC 9421, section 2.5): put together while the list of components is read. */
export class SignatureBase {
  private lines: BytesBuilder = BytesBuilder.begin();
  private components: StaticArray<usize> = new StaticArray<usize>(COMPONENTS_MAX);
  private count: i32 = 0;
  private parts: i32 = 0;

  /**
   * Adds a line for each component of a list in its only form, which the cursor leaves behind. False where one is there
   * twice, is not in the request, or is of a kind that is not offered.
   */
  cover(request: Request, cursor: TextCursor): bool {
    if (!cursor.take(0x28)) return false;
    while (!cursor.take(0x29)) {
      cursor.take(0x20);
      const component = componentAt(cursor);
      if (this.count == COMPONENTS_MAX || this.covers(component)) return false;
      const value = this.valueOf(request, component);
      if (value === null) return false;
      this.lines.add(component).addText(": ").add(value).addText("\n");
      unchecked((this.components[this.count++] = changetype<usize>(component)));
    }
    return true;
  }

  /** All of it, with what the signature says of itself. */
  end(parameters: Bytes): Bytes {
    return this.lines.addText('"@signature-params": ').add(parameters).bytes;
  }

  /** Whether a component, as it is written in the list, is covered. */
  covers(component: Bytes): bool {
    for (let i = 0; i < this.count; ++i)
      if (areEqual(changetype<Bytes>(unchecked(this.components[i])), component)) return true;
    return false;
  }

  /**
   * Whether a component is covered, by itself or by one that holds all of it. It is a name or, with its parameters, what a list
   * has: `"@query-param";name="id"`.
   */
  holds(component: string): bool {
    if (this.covers(written(component))) return true;
    const isPath = component == "@path" || component == "@query";
    if (isPath && this.covers(written("@request-target"))) return true;
    const isTarget = isPath || component == "@authority" || component == "@scheme";
    return isTarget && this.covers(written("@target-uri"));
  }

  private valueOf(request: Request, component: Bytes): Bytes | null {
    const cursor = TextCursor.over(component);
    const name = cursor.take(0x22) ? cursor.upTo(0x22) : null;
    if (name === null) return null;
    const isTarget = name.length > 0 && name.at(0) == 0x40;
    if (cursor.isOver) return isTarget ? targetPart(request, name) : wholeValueOf(request.headers, name);
    if (++this.parts > PARTS_MAX) return null;
    return isTarget ? queryParameter(request, name, cursor) : memberValue(request, name, cursor);
  }
}

function written(component: string): Bytes {
  if (component.startsWith('"')) return Bytes.ofText(component);
  return BytesBuilder.begin().addText('"').addText(component).addText('"').bytes;
}

/** Leaves a list of components behind; false where there is none. */
export function skipComponents(cursor: TextCursor): bool {
  if (!cursor.take(0x28)) return false;
  while (!cursor.take(0x29)) if (!cursor.take(0x20)) componentAt(cursor);
  return true;
}

/** The text of a component with its parameters. */
function componentAt(cursor: TextCursor): Bytes {
  const start = cursor.place;
  let isQuoted = false;
  while (!cursor.isOver && (isQuoted || (cursor.here != 0x20 && cursor.here != 0x29))) {
    const byte = cursor.next();
    if (byte == 0x22) isQuoted = !isQuoted;
    if (byte == 0x5c) cursor.next();
  }
  return cursor.since(start);
}

/** `"@query-param";name="…"` */
function queryParameter(request: Request, name: Bytes, cursor: TextCursor): Bytes | null {
  if (!name.equals("@query-param")) return null;
  const wanted = textOf(cursor, "name");
  const query = queryOf(request);
  return wanted === null || query.length > QUERY_MAX ? null : onlyFormValue(query, wanted);
}

/** `"priority";key="u"`: a member of a field that is a dictionary. */
function memberValue(request: Request, name: Bytes, cursor: TextCursor): Bytes | null {
  const wanted = textOf(cursor, "key");
  const field = wholeValueOf(request.headers, name);
  return field === null || wanted === null ? null : onlyMember(field, wanted);
}

/** The text of the only parameter, which has to have this name. */
function textOf(cursor: TextCursor, name: string): Bytes | null {
  if (!cursor.take(0x3b) || !cursor.name().equals(name)) return null;
  const text = cursor.take(0x3d) && cursor.take(0x22) ? cursor.upTo(0x22) : null;
  return cursor.isOver ? text : null;
}

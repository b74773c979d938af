import { Bytes, BytesBuilder, Request, TextCursor, areEqual, wholeValueOf } from "meshscript/assembly";
import { Presented } from "./presented";

/** Most names that a request may have signed. */
const NAMES_MAX = 64;

/** Whether a name is among those that were signed. */
export function isSigned(names: Bytes, name: string): bool {
  const cursor = TextCursor.over(names);
  for (let one = next(cursor); one !== null; one = next(cursor)) if (one.equals(name)) return true;
  return false;
}

/**
 * What has to be signed: a line for the key, then one for each name, in the order in which the request lists them. Null where
 * a name is there twice or too many are, or where the request has no such header.
 */
export function messageOf(request: Request, presented: Presented): Bytes | null {
  const names = presented.names!;
  const message = BytesBuilder.begin().add(presented.keyId!).addText("\n");
  const cursor = TextCursor.over(names);
  let count = 0;
  for (let name = next(cursor); name !== null; name = next(cursor)) {
    if (++count > NAMES_MAX || isRepeated(names, name)) return null;
    if (name.equals("@request-target")) {
      const path = presented.signedPath;
      add(message, request.headers.onlyBytes(":method"));
      message.addText(" ");
      add(message, path === null ? request.headers.onlyBytes(":path") : path);
    } else {
      const value = wholeValueOf(request.headers, name);
      if (value === null) return null;
      message.add(name).addText(": ").add(value);
    }
    message.addText("\n");
  }
  return message.bytes;
}

function add(message: BytesBuilder, part: Bytes | null): void {
  if (part !== null) message.add(part);
}

/** The next name; an empty one where blanks are not single, which no header has; null at the end. */
function next(cursor: TextCursor): Bytes | null {
  if (cursor.isOver) return null;
  const name = cursor.upTo(0x20);
  return name === null ? cursor.rest() : name;
}

function isRepeated(names: Bytes, name: Bytes): bool {
  let found = 0;
  const cursor = TextCursor.over(names);
  for (let one = next(cursor); one !== null; one = next(cursor)) if (areEqual(one, name)) ++found;
  return found > 1;
}

import { Bytes, BytesBuilder, TextCursor, areEqual } from "meshscript/assembly";

// Structured fields (RFC 9651) as far as signatures need them: dictionaries of items and inner lists. What is read is
// written down in its only form, since that is what is signed. Decimals, dates and display strings are not taken, and nor
// are numbers that could be written shorter.

/** Walks over the members of a dictionary: `while (members.next()) … members.key … members.value`. */
export class Members {
  /** The member's name. */
  key: Bytes;
  /** Its value with its parameters, in its only form. */
  value: Bytes;
  /** Whether the field is no dictionary: then there are no further members, and those before it do not count either. */
  isBroken: bool = false;

  private cursor: TextCursor;
  private begun: bool = false;

  constructor(field: Bytes) {
    this.cursor = TextCursor.over(field);
    this.key = field;
    this.value = field;
  }

  /** On to the next member; false where there is none. */
  next(): bool {
    if (this.isBroken || (this.begun && this.cursor.isOver)) return false;
    if (this.begun && !this.cursor.comma()) return this.broken();
    this.begun = true;
    const key = readKey(this.cursor);
    const value = BytesBuilder.begin();
    if (key === null || !copyValue(this.cursor, value)) return this.broken();
    this.key = key;
    this.value = value.bytes;
    return true;
  }

  private broken(): bool {
    this.isBroken = true;
    return false;
  }
}

/** The value of the only member with this name; null where there is none, or more than one, or where the field is no dictionary. */
export function onlyMember(field: Bytes, key: Bytes): Bytes | null {
  const members = new Members(field);
  let value: Bytes | null = null;
  while (members.next()) {
    if (!areEqual(members.key, key)) continue;
    if (value !== null) return null;
    value = members.value;
  }
  return members.isBroken ? null : value;
}

function copyValue(cursor: TextCursor, to: BytesBuilder): bool {
  if (!cursor.take(0x3d)) to.addText("?1");
  else if (cursor.here == 0x28 ? !copyItems(cursor, to) : !copyBare(cursor, to)) return false;
  return copyParameters(cursor, to);
}

/** A lower-case name; null where there is none. */
export function readKey(cursor: TextCursor): Bytes | null {
  const first = cursor.here;
  if (first != 0x2a && first - 0x61 > 25) return null;
  const key = cursor.name();
  for (let i = 0; i < key.length; ++i) if (<u32>key.at(i) - 0x41 < 26) return null;
  return key;
}

/** Copies an inner list without its parameters. */
function copyItems(cursor: TextCursor, to: BytesBuilder): bool {
  cursor.next();
  to.addText("(");
  cursor.blanks();
  for (let first = true; !cursor.take(0x29); first = false) {
    if (!first) to.addText(" ");
    if (!copyBare(cursor, to) || !copyParameters(cursor, to)) return false;
    if (cursor.here != 0x20 && cursor.here != 0x29) return false;
    cursor.blanks();
  }
  to.addText(")");
  return true;
}

function copyParameters(cursor: TextCursor, to: BytesBuilder): bool {
  while (cursor.take(0x3b)) {
    cursor.blanks();
    const key = readKey(cursor);
    if (key === null) return false;
    to.addText(";").add(key);
    if (cursor.take(0x3d) && !copyParameter(cursor, to)) return false;
  }
  return true;
}

/** Copies a parameter's value; what is true is written without one. */
function copyParameter(cursor: TextCursor, to: BytesBuilder): bool {
  if (!cursor.take(0x3f)) return copyBare(cursor, to.addText("="));
  if (cursor.take(0x31)) return true;
  to.addText("=?0");
  return cursor.take(0x30);
}

/** Copies an item without its parameters. */
function copyBare(cursor: TextCursor, to: BytesBuilder): bool {
  const start = cursor.place;
  if (!skipBare(cursor)) return false;
  to.add(cursor.since(start));
  return true;
}

function skipBare(cursor: TextCursor): bool {
  if (cursor.take(0x22)) return skipText(cursor);
  if (cursor.take(0x3a)) return cursor.upTo(0x3a) !== null;
  if (cursor.take(0x3f)) return cursor.take(0x30) || cursor.take(0x31);
  if (cursor.here == 0x2d || cursor.here - 0x30 < 10) return skipNumber(cursor);
  return skipToken(cursor);
}

/** A text behind its quote: printable ASCII, in which quotes and backslashes stand behind a backslash. */
function skipText(cursor: TextCursor): bool {
  for (let byte = cursor.next(); byte != 0x22; byte = cursor.next()) {
    if (byte - 0x20 > 0x5e) return false;
    if (byte == 0x5c && !cursor.take(0x22) && !cursor.take(0x5c)) return false;
  }
  return true;
}

/** At most 15 digits without zeros in front. */
function skipNumber(cursor: TextCursor): bool {
  const isNegative = cursor.take(0x2d);
  const first = cursor.here;
  let digits = 0;
  for (; cursor.here - 0x30 < 10; ++digits) cursor.next();
  const isShortest = first != 0x30 || (digits == 1 && !isNegative);
  return digits > 0 && digits < 16 && isShortest && cursor.here != 0x2e;
}

function skipToken(cursor: TextCursor): bool {
  if (cursor.here != 0x2a && (cursor.here | 0x20) - 0x61 > 25) return false;
  while (isTokenByte(cursor.here)) cursor.next();
  return true;
}

/** Visible ASCII but for separators; here `:` and `/` may stand, too. */
function isTokenByte(byte: u32): bool {
  if (byte - 0x30 < 11 || (byte | 0x20) - 0x61 < 26) return true;
  return (
    byte == 0x21 ||
    byte - 0x23 < 5 ||
    byte == 0x2a ||
    byte == 0x2b ||
    byte - 0x2d < 3 ||
    byte - 0x5e < 3 ||
    byte == 0x7c ||
    byte == 0x7e
  );
}

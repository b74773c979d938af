import { utf8 } from "../../emulator/index.js";

// Specs hold bytes that are not UTF-8 as lone surrogates U+DC80–U+DCFF, as the library's texts do. Written anew here,
// so that a fault of the library's own conversion shows.

const UNITS = /[\ud800-\udbff][\udc00-\udfff]|([\udc80-\udcff])|[^]/g;

const NEXT = "[\\x80-\\xbf]";
const SEQUENCES = new RegExp(
  [
    "[\\0-\\x7f]+",
    `[\\xc2-\\xdf]${NEXT}`,
    `(?:\\xe0[\\xa0-\\xbf]|[\\xe1-\\xec\\xee\\xef]${NEXT}|\\xed[\\x80-\\x9f])${NEXT}`,
    `(?:\\xf0[\\x90-\\xbf]|[\\xf1-\\xf3]${NEXT}|\\xf4[\\x80-\\x8f])${NEXT}{2}`,
    "([^])",
  ].join("|"),
  "g",
);

/** A spec's text as a byte string. */
export function toByteString(text: string): string {
  return text.replace(UNITS, (all: string, odd?: string) =>
    odd === undefined ? utf8(all) : String.fromCharCode(odd.charCodeAt(0) & 0xff),
  );
}

/** A byte string as a spec's text. */
export function fromByteString(bytes: string): string {
  return bytes.replace(SEQUENCES, (all: string, odd?: string) =>
    odd === undefined
      ? Buffer.from(all, "latin1").toString("utf8")
      : String.fromCharCode(0xdc00 | odd.charCodeAt(0)),
  );
}

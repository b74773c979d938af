import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** Loaded at first use: it takes a quarter of a second, and few filters have expressions. */
export function cel(): typeof import("@bufbuild/cel") {
  return load("@bufbuild/cel");
}

export function protobuf(): typeof import("@bufbuild/protobuf") {
  return load("@bufbuild/protobuf");
}

/** The types that protobuf itself brings along. */
export function wellKnown(): typeof import("@bufbuild/protobuf/wkt") {
  return load("@bufbuild/protobuf/wkt");
}

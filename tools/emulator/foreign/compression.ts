import { deflateSync, inflateSync } from "node:zlib";
import { Status } from "../abi/values.js";
import type { ForeignFunction } from "./function.js";

/** A guest's memory holds no more. */
const mostBytes = 1024 * 1024 * 1024;

/** Zlib's own format, not gzip's. */
export const compress: ForeignFunction = (_call, bytes) => deflateSync(bytes);

/** What follows the compressed data is ignored. */
export const uncompress: ForeignFunction = (_call, bytes) => {
  try {
    return inflateSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    return Status.SerializationFailure;
  }
};

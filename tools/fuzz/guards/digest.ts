import { createHash } from "node:crypto";
import { bytes } from "./guard.js";

/** Whether a Content-Digest (RFC 9530) names the body by one of the two algorithms that count. */
export function isDigest(field: string, body: string): boolean {
  return ["sha-256", "sha-512"].some((name) =>
    field.includes(`${name}=:${createHash(name.replace("-", "")).update(bytes(body)).digest("base64")}:`),
  );
}

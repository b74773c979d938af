import { Bytes } from "../abi/bytes";
import { Exchange } from "../http/exchange";

// Who sends a request, as one filter of the chain found out and later ones rely on: filter state, which no client can
// set. Of two filters that say so the later one counts.

/** Tells later filters and access logs which consumer this is: filter state `wasm.meshscript.consumer`. */
export function remember(x: Exchange, consumer: string): void {
  x.remember("meshscript.consumer", consumer);
}

/** `remember` for bytes. */
export function rememberBytes(x: Exchange, consumer: Bytes): void {
  x.rememberBytes("meshscript.consumer", consumer);
}

/** The consumer that an earlier filter has made out, valid until the callback returns; null where none has. */
export function consumerOf(x: Exchange): Bytes | null {
  return x.recallBytes("meshscript.consumer");
}

/** Tells later filters the claims of a verified token, a JSON object: filter state `wasm.meshscript.claims`. */
export function rememberClaims(x: Exchange, json: Bytes): void {
  x.rememberBytes("meshscript.claims", json);
}

/** The claims of the token that an earlier filter has verified, a JSON object; null where none has. */
export function claimsOf(x: Exchange): Bytes | null {
  return x.recallBytes("meshscript.claims");
}

import { Bytes, MacKey, config, isHeaderValue, macKey } from "meshscript/assembly";

export class Credential {
  /** Name of the key, which a request says. */
  key_id: string = config.text("key_id");
  /** The secret key itself, at least 32 bytes: as text or `{env: NAME}`. A digest or a file cannot stand for it. */
  key: MacKey = macKey("key");
  /** Name of the consumer that holds it. */
  client: string = config.text("client");

  constructor() {
    if (this.key_id == "" || !isHeaderValue(this.key_id) || this.key_id.includes('"'))
      config.problem("key_id", "must be a text that a header can hold, without quotes");
    if (this.client == "" || !isHeaderValue(this.client))
      config.problem("client", "must be a text that a header can hold");
  }
}

/** Whose key this is, by its place; -1 where it is nobody's. */
export function holderOf(credentials: Credential[], keyId: Bytes): i32 {
  for (let i = 0; i < credentials.length; ++i) if (keyId.equals(credentials[i].key_id)) return i;
  return -1;
}

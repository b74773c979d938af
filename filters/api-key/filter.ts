import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  Request,
  Secret,
  Secrets,
  config,
  isHeaderValue,
  register,
} from "meshscript/assembly";
import { KeySource, checkHeader } from "./source";

class Credential {
  /** The key: as text, `{sha256: …}`, `{env: NAME}` or `{file: …}`. */
  key: Secret = config.secret("key");
  /** Name of the consumer that holds it. */
  client: string = config.text("client");
}

class Forwarding {
  /** Request header that tells the upstream who the consumer is. What a client sends in it never gets through. */
  header: string = config.text("header", "");
  /** Whether the key is taken out of the request before it goes on. */
  hide_credentials: bool = config.flag("hide_credentials", true);

  constructor() {
    checkHeader(this.header);
  }
}

class ApiKey extends HttpFilter {
  /** Keys and the consumers that hold them. */
  credentials: Credential[] = config.list<Credential>("credentials");
  /** Where a key may stand. A request carries one key in one of these places. */
  key_sources: KeySource[] = config.list<KeySource>("key_sources");
  /** Consumers that may pass; all of them when the list is empty. */
  allowed_clients: string[] = config.texts("allowed_clients", false);
  /** What the upstream gets to know. */
  forwarding: Forwarding = config.group<Forwarding>("forwarding");

  private keys: Secrets = new Secrets();

  override onConfigure(): void {
    for (let i = 0; i < this.credentials.length; ++i) {
      if (!this.keys.add(this.credentials[i].key))
        config.problem("credentials", "its key stands there twice", i);
      const client = this.credentials[i].client;
      if (client == "" || !isHeaderValue(client))
        config.problem("credentials", "its client must be a text that a header can hold", i);
    }
    if (this.credentials.length == 0) config.problem("credentials", "must not be empty");
    if (this.key_sources.length == 0) config.problem("key_sources", "must not be empty");
    for (let i = 0; i < this.allowed_clients.length; ++i) {
      if (!this.knows(this.allowed_clients[i]))
        config.problem("allowed_clients", "no credential is this client's", i);
    }
  }

  override onRequest(x: Exchange): Action {
    const key = this.onlyKey(x.request);
    const index = key === null ? -1 : this.keys.findBytes(key);
    if (index < 0) return x.reply(401, "Client authentication failed.\n", "api_key_missing_or_unknown");
    const client = this.credentials[index].client;
    if (!this.mayPass(client)) return x.reply(403, "Client is forbidden.\n", "api_key_client_not_allowed");
    this.admit(x, client);
    return Action.Continue;
  }

  /** The key, null when there is none or more than one: with two it is anybody's guess which one counts. */
  private onlyKey(request: Request): Bytes | null {
    let key: Bytes | null = null;
    let keys = 0;
    for (let i = 0; i < this.key_sources.length; ++i) {
      const here = this.key_sources[i].count(request);
      if (here > 0) key = this.key_sources[i].read(request);
      keys += here;
    }
    return keys == 1 ? key : null;
  }

  private mayPass(client: string): bool {
    return this.allowed_clients.length == 0 || this.allowed_clients.includes(client);
  }

  private admit(x: Exchange, client: string): void {
    const header = this.forwarding.header;
    if (header != "" && x.request.headers.has(header)) x.request.headers.remove(header);
    for (let i = 0; this.forwarding.hide_credentials && i < this.key_sources.length; ++i) {
      this.key_sources[i].strip(x.request);
    }
    if (header != "") x.request.headers.set(header, client);
    x.remember("meshscript.consumer", client);
  }

  private knows(client: string): bool {
    for (let i = 0; i < this.credentials.length; ++i) if (this.credentials[i].client == client) return true;
    return false;
  }
}

register<ApiKey>();

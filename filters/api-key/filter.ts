import {
  Action,
  Bytes,
  CredentialSource,
  Exchange,
  Forwarding,
  HttpFilter,
  Refusal,
  Request,
  Secret,
  Secrets,
  Verdicts,
  config,
  isHeaderValue,
  register,
} from "meshscript/assembly";

class Credential {
  /** The key: as text, `{sha256: …}`, `{env: NAME}` or `{file: …}`. */
  key: Secret = config.secret("key");
  /** Name of the consumer that holds it. */
  client: string = config.text("client");
}

class ApiKey extends HttpFilter {
  /** Keys and the consumers that hold them. */
  credentials: Credential[] = config.list<Credential>("credentials");
  /** Where a key may stand. A request carries one key in one of these places. In a header it may stand behind `Bearer `. */
  key_sources: CredentialSource[] = config.list<CredentialSource>("key_sources");
  /** Consumers that may pass; all of them when the list is empty. */
  allowed_clients: string[] = config.texts("allowed_clients", false);
  /** What the upstream gets to know. */
  forwarding: Forwarding = config.group<Forwarding>("forwarding");
  /** What a refused client gets. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private keys: Secrets = new Secrets();
  private verdicts: Verdicts = new Verdicts("api_key");

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
    if (index < 0) return this.refuse(x, 401, "Client authentication failed.", "api_key_missing_or_unknown");
    const client = this.credentials[index].client;
    if (!this.mayPass(client))
      return this.refuse(x, 403, "Client is forbidden.", "api_key_client_not_allowed");
    for (let i = 0; this.forwarding.hide_credentials && i < this.key_sources.length; ++i)
      this.key_sources[i].strip(x.request);
    this.forwarding.admit(x, client);
    this.verdicts.allowed();
    return Action.Continue;
  }

  /** The key, null when there is none or more than one: with two it is anybody's guess which one counts. */
  private onlyKey(request: Request): Bytes | null {
    let source: CredentialSource | null = null;
    let keys = 0;
    for (let i = 0; i < this.key_sources.length; ++i) {
      const here = this.key_sources[i].count(request);
      if (here > 0) source = this.key_sources[i];
      keys += here;
    }
    if (source === null || keys != 1) return null;
    const key = source.read(request);
    const isBare = source.header == "" || source.value_prefix != "";
    return key === null || isBare || !key.startsWith("Bearer ") ? key : key.slice(7);
  }

  private mayPass(client: string): bool {
    return this.allowed_clients.length == 0 || this.allowed_clients.includes(client);
  }

  private refuse(x: Exchange, status: u32, says: string, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, status, says, reason, status == 401 ? "ApiKey" : "");
  }

  private knows(client: string): bool {
    for (let i = 0; i < this.credentials.length; ++i) if (this.credentials[i].client == client) return true;
    return false;
  }
}

register<ApiKey>();

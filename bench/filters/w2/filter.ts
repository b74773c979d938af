import { Action, Exchange, HttpFilter, Secret, Secrets, config, register } from "meshscript/assembly";

class Credential {
  key: Secret = config.secret("key");
  consumer: string = config.text("consumer");
}

/** W2: the consumer that holds the key in `x-api-key` stands in `x-consumer`. */
class W2 extends HttpFilter {
  credentials: Credential[] = config.list<Credential>("credentials");

  private keys: Secrets = new Secrets();

  override onConfigure(): void {
    for (let i = 0; i < this.credentials.length; ++i) this.keys.add(this.credentials[i].key);
  }

  override onRequest(x: Exchange): Action {
    const key = x.request.headers.getBytes("x-api-key");
    const index = key === null ? -1 : this.keys.findBytes(key);
    if (index < 0) return x.reply(401, "unauthorized\n");
    x.request.headers.set("x-consumer", this.credentials[index].consumer);
    return Action.Continue;
  }
}

register<W2>();

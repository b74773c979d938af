/** Filters of a user's project, by path. */
export const gate: Record<string, string> = {
  "filters/gate/filter.ts": `import { Action, Exchange, HttpFilter, Secret, config, register } from "meshscript/assembly";

class Credential {
  key: Secret = config.secret("key");
  client: string = config.text("client");
}

class Gate extends HttpFilter {
  credentials: Credential[] = config.list<Credential>("credentials");
  mode: string = config.choice("mode", ["strict", "lax"], "strict");
  limit: i64 = config.integer("limit", 10, 1, 100);
  note: string = config.text("note", "");

  override onConfigure(): void {
    if (this.mode == "lax" && this.limit > 50) config.problem("limit", "is too much for a lax gate");
    if (this.note == "crash") unreachable();
    while (this.note == "loop") {}
  }

  override onRequest(x: Exchange): Action {
    return x.request.headers.has("x-key") ? Action.Continue : x.reply(401, this.mode);
  }
}

register<Gate>();
`,
};

export const asker: Record<string, string> = {
  "filters/asker/filter.ts": `import { Action, Call, Exchange, HttpFilter, config, register } from "meshscript/assembly";

class Asker extends HttpFilter {
  cluster: string = config.text("cluster");
  early: string = config.text("early", "");

  override onConfigure(): void {
    if (this.early != "") this.fetch(new Call(this.early, "GET", "/"));
  }

  override onRequest(x: Exchange): Action {
    return x.send(new Call(this.cluster, "GET", "/"));
  }
}

register<Asker>();
`,
};

export const plug: Record<string, string> = {
  "filters/plug/filter.ts": `import { Action, Connection, TcpFilter, register } from "meshscript/assembly";

class Plug extends TcpFilter {
  override onNewConnection(c: Connection): Action {
    return c.close();
  }
}

register<Plug>();
`,
  "filters/plug/filter.yaml": "name: plug\nsummary: Lets nobody in.\n",
};

/** A manifest with this configuration, whose first line is the fourth. */
export function manifest(name: string, configuration: string, more = ""): string {
  const indented = configuration.trim().replace(/^/gm, "  ");
  return `name: ${name}\nsummary: A filter.\n${more}configuration:\n${indented}\n`;
}

import { createServer, connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { Host, HostSetup, Running, Started } from "../../../tools/traffic/host.js";

/** A host without filters: clients talk to the upstream itself, in either protocol. */
export function direct(name = "direct", logs: readonly string[] = []): Host {
  return hostOf(name, async (setup) => running(setup.upstream.port, () => logs));
}

/** A host that logs these lines at each connection made to it, and pipes it to the upstream. */
export function piped(change: (bytes: string) => string = (bytes) => bytes, lines: string[] = []): Host {
  const logged: string[] = [];
  return served(
    "piped",
    (client, setup) => {
      logged.push(...lines);
      const upstream = connect(setup.upstream.port, "127.0.0.1");
      client.on("data", (data) => upstream.write(Buffer.from(change(data.toString("latin1")), "latin1")));
      upstream.pipe(client);
      upstream.on("error", () => client.destroy());
      client.on("close", () => upstream.destroy());
    },
    () => logged,
  );
}

/** A host of which each connection is served by a function. */
export function served(
  name: string,
  serve: (client: Socket, setup: HostSetup) => void,
  logs: () => readonly string[] = () => [],
): Host {
  return hostOf(name, async (setup) => {
    const clients = new Set<Socket>();
    const server = createServer((client) => {
      clients.add(client);
      client.on("error", () => {});
      serve(client, setup);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const started = running((server.address() as AddressInfo).port, logs);
    started.running.stop = async () => {
      for (const client of clients) client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    };
    return started;
  });
}

/** A host that writes the same bytes whatever it is sent. */
export function answering(bytes: string): Host {
  return served("answering", (client) =>
    client.once("data", () => client.write(Buffer.from(bytes, "latin1"))),
  );
}

/** A host that refuses every configuration. */
export function refusing(problems: string[]): Host {
  return hostOf("refusing", async () => ({ refused: true, problems }));
}

export function hostOf(name: string, start: (setup: HostSetup) => Promise<Started>): Host {
  return { name, version: async () => `${name} 1`, start };
}

function running(port: number, logs: () => readonly string[]): { refused: false; running: Running } {
  return { refused: false, running: { port, logs, metrics: async () => ({}), stop: async () => {} } };
}

/** A host that calls a callee with `GET /check` before it serves; `relay`: its answer is the client's. */
export function calling(callee: string, mode: "ask" | "relay" = "ask"): Host {
  return served("calling", (client, setup) => {
    client.once("data", (data) => {
      const call = connect(setup.callees![callee]!.port, "127.0.0.1");
      call.on("error", () => client.destroy());
      call.write("GET /check HTTP/1.1\r\nhost: callee\r\n\r\n");
      call.once("data", (answer) => {
        if (mode === "relay") return void client.write(answer);
        const upstream = connect(setup.upstream.port, "127.0.0.1");
        upstream.write(data);
        upstream.pipe(client);
      });
    });
  });
}

import { Peer } from "../tcp/peer";
import {
  Handle,
  Side,
  connection_break,
  connection_closed_by,
  connection_connected,
  connection_data,
  connection_ended,
  connection_held,
  connection_send,
} from "./harness";
import { fetchText } from "./text";

/** A TCP connection through the filter: the spec is its client and its upstream. */
export class OpenConnection {
  /** For the harness. */
  constructor(private handle: Handle) {}

  /** The client sends a text; `end`: and no more after that. Characters U+DC80–U+DCFF stand for bytes that are not UTF-8. */
  fromClient(text: string, end: bool = false): OpenConnection {
    connection_send(this.handle, Side.Client, text, end);
    return this;
  }

  /** The upstream sends a text. A trap where the filter holds the connection, so that there is no upstream yet. */
  fromUpstream(text: string, end: bool = false): OpenConnection {
    connection_send(this.handle, Side.Upstream, text, end);
    return this;
  }

  /** The client breaks the connection off. */
  clientBreaks(): void {
    connection_break(this.handle, Side.Client);
  }

  /** The upstream breaks the connection off. */
  upstreamBreaks(): void {
    connection_break(this.handle, Side.Upstream);
  }

  /** All that has reached the upstream. */
  get toUpstream(): string {
    return fetchText(connection_data(this.handle, Side.Upstream));
  }

  /** All that has reached the client. */
  get toClient(): string {
    return fetchText(connection_data(this.handle, Side.Client));
  }

  /** Whether the upstream was told that the client sends no more. */
  get upstreamEnded(): bool {
    return connection_ended(this.handle, Side.Upstream);
  }

  /** Whether the client was told that the upstream sends no more. */
  get clientEnded(): bool {
    return connection_ended(this.handle, Side.Client);
  }

  /** Whether all filters let the connection in, so that the upstream was called. */
  get connected(): bool {
    return connection_connected(this.handle);
  }

  /** Whether something that the client sent is held, or the connection itself. */
  get clientWaits(): bool {
    return connection_held(this.handle, Side.Client);
  }

  /** Whether something that the upstream sent is held. */
  get upstreamWaits(): bool {
    return connection_held(this.handle, Side.Upstream);
  }

  /** Whether it is over. */
  get closed(): bool {
    return this.closedBy != Peer.Unknown;
  }

  /** Who ended it; `Unknown` while it is open. */
  get closedBy(): Peer {
    return connection_closed_by(this.handle);
  }
}

/** Who ended a connection. */
export enum Peer {
  /** The host does not say. */
  Unknown = 0,
  /** The proxy: because the upstream ended its side last or broke off, or a filter closed the connection. */
  Local = 1,
  /** The client. */
  Remote = 2,
}

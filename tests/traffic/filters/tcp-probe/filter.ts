import { Action, Connection, Data, Peer, TcpFilter, config, log, register } from "meshscript/assembly";

/** A connection with what happened to it so far. */
class Session extends Connection {
  story: string = "";
  waits: bool = false;
}

/** Does to connections what its configuration says, and logs the story of each in the end. */
class Probe extends TcpFilter<Session> {
  /** What is put behind what the client and the upstream send. */
  clientMark: string = config.text("client_mark", "");
  upstreamMark: string = config.text("upstream_mark", "");
  /** Data is held back until it holds this. */
  clientUntil: string = config.text("client_until", "");
  upstreamUntil: string = config.text("upstream_until", "");
  /** Client data that holds one of these resumes all that waits, closes the connection, or traps. */
  releaseOn: string = config.text("release_on", "");
  closeOn: string = config.text("close_on", "");
  trapOn: string = config.text("trap_on", "");
  /** New connections wait as long as fewer than this were there before. */
  holdFirst: i64 = config.integer("hold_first", 0);
  refuse: bool = config.flag("refuse", false);
  /** What the upstream sends resumes what the client sent. */
  upstreamReleases: bool = config.flag("upstream_releases", false);
  closeOnUpstream: string = config.text("close_on_upstream", "");
  /** Properties to log: when a connection comes, with each client data, and in the end. */
  properties: string[] = config.texts("properties", false);

  private waiting: Session[] = [];
  private count: i64 = 0;

  override onNewConnection(c: Session): Action {
    this.tell(c, "new");
    if (this.refuse) return c.close();
    if (this.count++ < this.holdFirst) return this.hold(c);
    return Action.Continue;
  }

  override onDownstreamData(c: Session, end: bool): Action {
    this.tell(c, end ? "client-end" : "client");
    const text = c.downstream.toString();
    if (isPart(this.trapOn, text)) unreachable();
    if (isPart(this.closeOn, text)) return c.close();
    if (isPart(this.releaseOn, text)) this.release();
    if (this.clientUntil != "" && !text.includes(this.clientUntil)) return this.hold(c);
    return this.pass(c.downstream, this.clientMark);
  }

  override onUpstreamData(c: Session, end: bool): Action {
    this.tell(c, end ? "upstream-end" : "upstream");
    const text = c.upstream.toString();
    if (isPart(this.closeOnUpstream, text)) return c.close();
    if (this.upstreamReleases) c.resume();
    if (this.upstreamUntil != "" && !text.includes(this.upstreamUntil)) return Action.Pause;
    return this.pass(c.upstream, this.upstreamMark);
  }

  override onUpstreamClose(c: Session, peer: Peer): void {
    this.tell(c, "upstream-closed-" + nameOf(peer));
  }

  override onDownstreamClose(c: Session, peer: Peer): void {
    this.tell(c, "closed-" + nameOf(peer));
  }

  override onEnd(c: Session): void {
    this.tell(c, "end");
  }

  override onLog(c: Session): void {
    log.info("story: " + c.story + " log");
    const mark = c.recall("mark");
    if (mark !== null) log.info("remembered: " + mark);
  }

  private pass(data: Data, mark: string): Action {
    if (mark != "" && data.length > 0) data.append(mark);
    return Action.Continue;
  }

  private hold(c: Session): Action {
    if (!c.waits) this.waiting.push(c);
    c.waits = true;
    return Action.Pause;
  }

  private release(): void {
    for (let i = 0; i < this.waiting.length; ++i) {
      this.waiting[i].waits = false;
      this.waiting[i].resume();
    }
    this.waiting = [];
  }

  /** The same event many times in a row is told once: how data is cut into pieces is nobody's choice. */
  private tell(c: Session, event: string): void {
    if (c.story == "") c.remember("mark", "kept");
    if (!c.story.endsWith(event)) c.story += c.story == "" ? event : " " + event;
    for (let i = 0; i < this.properties.length; ++i) {
      const path = this.properties[i];
      const value =
        path.endsWith("port") || path.endsWith("size") || path.endsWith("id")
          ? number(c, path)
          : text(c, path);
      log.info(event + " " + path + "=" + value);
    }
  }
}

function text(c: Session, path: string): string {
  const value = c.property(path);
  return value === null ? "(none)" : value;
}

function number(c: Session, path: string): string {
  const bytes = c.propertyBytes(path);
  return bytes === null ? "(none)" : c.propertyInteger(path).toString();
}

function isPart(part: string, text: string): bool {
  return part != "" && text.includes(part);
}

function nameOf(peer: Peer): string {
  if (peer == Peer.Remote) return "remote";
  return peer == Peer.Local ? "local" : "unknown";
}

register<Probe>();

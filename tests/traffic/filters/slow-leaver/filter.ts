import {
  Action,
  Call,
  CallResponse,
  Exchange,
  HttpFilter,
  config,
  log,
  plugin,
  register,
} from "meshscript/assembly";

/** Asks for time when it has to go, for a last call. The host's timer is silent by then. */
class SlowLeaver extends HttpFilter {
  version: string = config.text("version");

  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-version", this.version);
    return Action.Continue;
  }

  override onDone(): bool {
    log.info(this.version + " asks for time");
    this.fetch(new Call("upstream", "GET", "/goodbye"));
    return false;
  }

  override onFetched(response: CallResponse): void {
    log.info(this.version + " goes");
    plugin.done();
  }
}

register<SlowLeaver>();

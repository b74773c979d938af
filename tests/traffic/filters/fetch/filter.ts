import {
  Action,
  Call,
  CallResponse,
  Exchange,
  HttpFilter,
  Outcome,
  log,
  plugin,
  register,
} from "meshscript/assembly";

/** Fetches something for itself, again and again, and serves requests with what it has. */
class Fetch extends HttpFilter {
  word: string = "nothing yet";

  override onConfigure(): void {
    plugin.tickEvery(40);
  }

  override onTick(): void {
    this.fetch(new Call("words", "GET", "/word").within(1000));
  }

  override onFetched(response: CallResponse): void {
    if (response.ok) this.word = response.body.toString();
    else log.warn(response.outcome == Outcome.Refused ? "refused" : "no word");
  }

  override onRequest(x: Exchange): Action {
    x.request.headers.set("x-word", this.word);
    return Action.Continue;
  }
}

register<Fetch>();

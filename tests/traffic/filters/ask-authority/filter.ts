import {
  Action,
  Call,
  CallResponse,
  Exchange,
  HttpFilter,
  Outcome,
  config,
  log,
  register,
} from "meshscript/assembly";

class Asking extends Exchange {
  path: string = "";
}

/** Asks an authority whether a request may pass. Any doubt refuses it. */
class AskAuthority extends HttpFilter<Asking> {
  cluster: string = config.text("cluster", "authority");
  timeout: i64 = config.integer("timeout", 300);

  override onRequest(x: Asking): Action {
    x.path = x.request.path;
    if (x.path == "/open") return Action.Continue;
    return this.ask(x, "GET", "/check");
  }

  override onResponse(x: Asking): Action {
    return x.path == "/audited" ? this.ask(x, "POST", "/audit") : Action.Continue;
  }

  override onCallResponse(x: Asking, response: CallResponse): Action {
    log.info(response.call.path + " " + nameOf(response.outcome) + " " + response.status.toString());
    if (x.inRequest && response.ok) {
      const user = response.headers.get("x-user");
      if (user !== null) x.request.headers.set("x-user", user);
      if (response.body.length > 0) x.request.headers.set("x-said", response.body.toString());
    }
    if (response.ok) return Action.Continue;
    return x.reply(response.outcome == Outcome.Answered ? 403 : 503, "not allowed: " + x.path + "\n");
  }

  private ask(x: Asking, method: string, path: string): Action {
    const call = new Call(this.cluster, method, path).header("x-path", x.path).within(<u32>this.timeout);
    if (method == "POST") call.body("audit " + x.path).header("content-type", "text/plain");
    return x.send(call);
  }
}

function nameOf(outcome: Outcome): string {
  if (outcome == Outcome.Answered) return "answered";
  if (outcome == Outcome.Failed) return "failed";
  return outcome == Outcome.TimedOut ? "timed out" : "refused";
}

register<AskAuthority>();

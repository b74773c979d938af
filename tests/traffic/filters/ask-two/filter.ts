import { Action, Call, CallResponse, Exchange, HttpFilter, log, register } from "meshscript/assembly";

class Waiting extends Exchange {
  first: Call | null = null;
  names: string = "";
  answers: i32 = 0;
}

/** Has two calls under way at once and needs both of their answers. */
class AskTwo extends HttpFilter<Waiting> {
  override onRequest(x: Waiting): Action {
    const first = new Call("one", "GET", "/first").within(1000);
    x.first = first;
    x.send(first);
    x.send(new Call("two", "GET", "/second").authority("second.example").within(1000));
    return Action.Pause;
  }

  override onCallResponse(x: Waiting, response: CallResponse): Action {
    log.info((response.call === x.first ? "first " : "second ") + response.status.toString());
    if (!response.ok) return x.reply(503, "no answer from " + response.call.cluster + "\n");
    x.names += response.body.toString();
    if (++x.answers < 2) return Action.Pause;
    x.request.headers.set("x-names", x.names.length.toString());
    return Action.Continue;
  }
}

register<AskTwo>();

import {
  Action,
  Call,
  CallResponse,
  Connection,
  TcpFilter,
  config,
  log,
  register,
} from "meshscript/assembly";

/** Asks an authority whether a client may connect, and another one about what it says. */
class Ask extends TcpFilter {
  perLine: bool = config.flag("per_line", false);

  override onNewConnection(c: Connection): Action {
    const address = c.property("source.address");
    return c.send(new Call("authority", "GET", "/connect").header("x-known", (address !== null).toString()));
  }

  override onDownstreamData(c: Connection, end: bool): Action {
    if (!this.perLine || c.downstream.length == 0) return Action.Continue;
    return c.send(new Call("authority", "POST", "/line").body(c.downstream.toString()));
  }

  override onCallResponse(c: Connection, response: CallResponse): Action {
    log.info(response.call.path + " " + response.status.toString());
    if (!response.ok) return c.close();
    if (response.body.length > 0) c.downstream.append(response.body.toString());
    return Action.Continue;
  }
}

register<Ask>();

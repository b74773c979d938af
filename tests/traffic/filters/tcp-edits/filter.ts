import { Action, Connection, Data, TcpFilter, log, register } from "meshscript/assembly";

/** Edits what a side sends as the first word of it says. */
class Edits extends TcpFilter {
  override onDownstreamData(c: Connection, end: bool): Action {
    if (c.downstream.length > 0) edit(c.downstream, c.upstream);
    return Action.Continue;
  }

  override onUpstreamData(c: Connection, end: bool): Action {
    if (c.upstream.length > 0) edit(c.upstream, c.downstream);
    return Action.Continue;
  }
}

function edit(data: Data, other: Data): void {
  const words = data.toString().split(" ");
  const command = words[0];
  if (command == "append") data.append("<end");
  if (command == "prepend") data.prepend("start>");
  if (command == "replace") data.replace("another");
  if (command == "clear") data.clear();
  if (command == "splice") data.splice(i32.parse(words[1]), i32.parse(words[2]), words[3]);
  if (command == "part") data.replaceBytes(data.bytes(i32.parse(words[1]), i32.parse(words[2])));
  if (command == "twice") data.prependBytes(data.bytes());
  if (command == "length") data.replace(data.length.toString());
  if (command == "other")
    log.info("the other side: " + other.length.toString() + " " + other.append("x").toString());
}

register<Edits>();

import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";

class Editing extends Exchange {
  edit: string = "";
}

/** Edits bodies as headers ask for: `x-edit` of the request says how, `x-free` has content-length removed first. */
class BodyEdit extends HttpFilter<Editing> {
  override onRequest(x: Editing): Action {
    const edit = x.request.headers.get("x-edit");
    x.edit = edit === null ? "" : edit;
    if (x.request.headers.has("x-free")) x.request.headers.remove("content-length");
    return Action.Continue;
  }

  override onRequestBody(x: Editing, end: bool): Action {
    if (!end) return Action.Pause;
    const body = x.request.body;
    if (x.edit == "append") body.append("-end");
    else if (x.edit == "prepend") body.prepend("start-");
    else if (x.edit == "replace") body.replace("new");
    else if (x.edit == "splice") body.splice(2, 3, "<>");
    else if (x.edit == "absurd") body.splice(1_000_000, 1_000_000, "-behind");
    else if (x.edit == "same") body.splice(1, 2, "__");
    else if (x.edit == "clear") body.clear();
    return Action.Continue;
  }

  override onResponse(x: Editing): Action {
    if (x.edit == "response") x.response.headers.remove("content-length");
    return Action.Continue;
  }

  override onResponseBody(x: Editing, end: bool): Action {
    if (x.edit != "response") return Action.Continue;
    if (!end) return Action.Pause;
    const length = x.response.body.length;
    x.response.body.splice(0, 1, x.response.body.bytes(length - 2, 1).toString());
    return x.response.body.append("more") ? Action.Continue : Action.Pause;
  }
}

register<BodyEdit>();

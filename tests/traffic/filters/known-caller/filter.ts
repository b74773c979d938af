import { Action, Exchange, HttpFilter, identity, register } from "meshscript/assembly";

/** Takes for true what a test says of the client, in place of a filter that checks credentials. */
class KnownCaller extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const headers = x.request.headers;
    const consumer = headers.get("test-consumer");
    if (consumer !== null) identity.remember(x, consumer);
    const claims = headers.getBytes("test-claims");
    if (claims !== null) identity.rememberClaims(x, claims);
    return Action.Continue;
  }
}

register<KnownCaller>();

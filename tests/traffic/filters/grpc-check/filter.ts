import {
  Action,
  Bytes,
  CallResponse,
  Exchange,
  GrpcCall,
  HttpFilter,
  Outcome,
  config,
  log,
  register,
  vm,
} from "meshscript/assembly";

/** Asks a gRPC service about each request. */
vm.collectBetweenCallbacks();

class GrpcCheck extends HttpFilter {
  cluster: string = config.text("cluster", "authority");

  override onRequest(x: Exchange): Action {
    const message = Bytes.ofText("may " + x.request.path + "?");
    return x.send(
      new GrpcCall(this.cluster, "acme.Authority", "Check", message).header("x-token", "t1").within(300),
    );
  }

  override onCallResponse(x: Exchange, response: CallResponse): Action {
    log.info("grpc " + response.grpcStatus.toString() + " [" + response.grpcMessage + "]");
    if (response.ok) {
      x.request.headers.set("x-said", response.body.toString());
      return Action.Continue;
    }
    if (response.outcome == Outcome.TimedOut) return x.reply(504, "too late\n");
    return x.reply(response.outcome == Outcome.Answered ? 403 : 503, "refused\n");
  }
}

register<GrpcCheck>();

import { Action, Exchange, HttpFilter, log, register } from "meshscript/assembly";

/** Tells what the host knows of a stream at each moment. */
class Facts extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const address = x.source.address;
    const port = address === null ? "" : address.split(":").pop();
    log.info("source " + (port == x.source.port.toString()).toString());
    log.info("destination " + (x.destination.port > 0).toString());
    log.info("mtls " + x.connection.mtls.toString() + " tls " + shown(x.connection.tlsVersion));
    log.info(
      "request " + shown(x.request.protocol) + " " + (x.request.time > 1_700_000_000_000_000_000).toString(),
    );
    log.info(
      "early " +
        x.response.code.toString() +
        " " +
        shown(x.upstream.address) +
        " " +
        x.request.duration.toString(),
    );
    log.info("map " + shown(x.propertyMap("request.headers").get("x-a")));
    log.info(
      "metadata " +
        shown(x.metadata("envoy.lb", "canary")) +
        " " +
        x.metadataNumber("a.b", "c", 0.5).toString(),
    );
    log.info(
      "state " +
        x.setFilterState("envoy.string", "known").toString() +
        " " +
        shown(x.filterState("envoy.string")),
    );
    log.info("unknown state " + x.setFilterState("no.such.key", "x").toString());
    log.info("route " + x.clearRouteCache().toString() + " " + shown(x.route.cluster));
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    const details = shown(x.response.codeDetails);
    log.info(
      "response " + x.response.code.toString() + " " + details + " " + x.response.grpcStatus.toString(),
    );
    log.info("upstream " + (x.upstream.port > 0).toString() + " " + x.upstream.attempts.toString());
    return Action.Continue;
  }

  override onLog(x: Exchange): void {
    const latency = x.response.backendLatency >= 0 && x.request.duration >= x.response.backendLatency;
    log.info("log " + x.request.path + " " + x.response.code.toString() + " " + latency.toString());
    log.info(
      "log headers " + shown(x.request.headers.get("x-a")) + " " + shown(x.response.headers.get("x-b")),
    );
    log.info("log sizes " + x.request.size.toString() + " " + x.response.size.toString());
  }

  override onEnd(x: Exchange): void {
    log.info("end");
  }
}

function shown(text: string | null): string {
  return text === null ? "none" : text;
}

register<Facts>();

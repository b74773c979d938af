import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
import { Request, Trial } from "meshscript/assembly/testing";

let seen: Map<string, string> = new Map();
let run: (x: Exchange) => void = (x: Exchange): void => {};

class Looking extends HttpFilter {
  override onRequest(x: Exchange): Action {
    run(x);
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    note("code", x.response.code.toString());
    note("grpc", x.response.grpcStatus.toString());
    note("details", shown(x.response.codeDetails));
    note("upstream", shown(x.upstream.address));
    note("upstream.port", x.upstream.port.toString());
    note("attempts", x.upstream.attempts.toString());
    return Action.Continue;
  }

  override onLog(x: Exchange): void {
    note("log.code", x.response.code.toString());
    note("log.path", x.request.path);
    note("log.status", x.response.status.toString());
    note("log.duration", x.request.duration.toString());
    note("log.latency", x.response.backendLatency.toString());
    note("log.sizes", x.response.size.toString() + "/" + x.request.size.toString());
    note("log.route", shown(x.route.name));
  }
}

register<Looking>();

function note(name: string, value: string): void {
  seen.set(name, value);
}

function shown(text: string | null): string {
  return text === null ? "none" : text;
}

function trial(): Trial {
  const made = new Trial();
  made.property("source.address", "10.0.0.7");
  made.property("source.port", "41522");
  made.property("upstream.address", "10.1.0.1");
  made.property("upstream.port", "8080");
  made.property("connection.id", "77");
  made.property("connection.requested_server_name", "shop.example");
  made.property("xds.route_name", "shop");
  made.property("xds.cluster_name", "shop-v1");
  return made;
}

describe("the groups of properties", () => {
  test("tell of connection, request and route in typed form", () => {
    run = (x: Exchange): void => {
      expect(x.source.address).toBe("10.0.0.7:41522");
      expect(x.source.port).toBe(41522);
      expect(x.destination.port).not.toBe(0);
      expect(x.connection.id).toBe(77);
      expect(x.connection.mtls).toBe(false);
      expect(x.connection.requestedServerName).toBe("shop.example");
      expect(x.connection.tlsVersion).toBeNull();
      expect(x.connection.uriSanPeerCertificate).toBeNull();
      expect(x.route.name).toBe("shop");
      expect(x.route.cluster).toBe("shop-v1");
      expect(x.request.time).toBe(1_767_225_600_000_000_000);
      expect(x.request.protocol).toBe("HTTP/1.1");
      expect(x.request.duration).toBe(-1);
      expect(x.response.code).toBe(0);
      expect(x.response.grpcStatus).toBe(-1);
      expect(x.response.backendLatency).toBe(-1);
      expect(x.upstream.address).toBeNull();
    };
    trial().get("/orders");
  });

  test("tell of response and upstream once they are there, and of all of it in onLog", () => {
    run = (x: Exchange): void => {};
    const open = trial().open(new Request("POST", "/orders").body("four"));
    open.finish();
    expect(seen.get("code")).toBe("200");
    expect(seen.get("grpc")).toBe("2");
    expect(seen.get("details")).toBe("via_upstream");
    expect(seen.get("upstream")).toBe("10.1.0.1:8080");
    expect(seen.get("upstream.port")).toBe("8080");
    expect(seen.get("attempts")).toBe("1");
    expect(seen.get("log.code")).toBe("200");
    expect(seen.get("log.path")).toBe("/orders");
    expect(seen.get("log.status")).toBe("200");
    expect(seen.get("log.duration")).toBe("0");
    expect(seen.get("log.sizes")).toBe("0/4");
    expect(seen.get("log.route")).toBe("shop");
  });
});

describe("properties by path", () => {
  test("have a form for each kind of value", () => {
    run = (x: Exchange): void => {
      expect(x.propertyInteger("source.port")).toBe(41522);
      expect(x.propertyInteger("no.such", -5)).toBe(-5);
      expect(x.propertyFlag("connection.mtls")).toBe(false);
      expect(x.propertyFlag("no.such")).toBe(false);
      expect(x.propertyTime("request.time")).toBe(1_767_225_600_000_000_000);
      expect(x.propertyTime("no.such")).toBe(0);
      expect(x.propertyDuration("request.duration")).toBe(-1);
      expect(x.propertyNumber("no.such", 0.5)).toBe(0.5);
      expect(x.property("no.such")).toBeNull();
      // A text of eight bytes is an integer as well: the host does not say what it is. Others are none.
      expect(x.propertyInteger("request.protocol")).not.toBe(0);
      expect(x.propertyInteger("source.address", 3)).toBe(3);
      expect(x.propertyFlag("source.address")).toBe(false);
    };
    trial().get("/");
  });

  test("show maps", () => {
    run = (x: Exchange): void => {
      const headers = x.propertyMap("request.headers");
      expect(headers.count).toBe(6);
      expect(headers.get("x-a")).toBe("1,2");
      expect(headers.get("x-b")).toBe("");
      expect(headers.get("x-c")).toBeNull();
      expect(headers.name(0).toString()).toBe(":method");
      expect(headers.value(0).toString()).toBe("GET");
      expect(x.propertyMap("no.such").count).toBe(0);
      expect(x.propertyMap("source.address").count).toBe(0);
      expect(x.propertyList("no.such").count).toBe(0);
    };
    trial().send(new Request().header("x-a", "1").header("x-a", "2").header("x-b", ""));
  });

  test("of metadata that nobody set are absent", () => {
    run = (x: Exchange): void => {
      expect(x.metadata("envoy.lb", "canary")).toBeNull();
      expect(x.metadataNumber("envoy.lb", "weight", 1.5)).toBe(1.5);
      expect(x.metadataFlag("envoy.lb", "canary")).toBe(false);
    };
    trial().get("/");
  });
});

import { Bytes } from "../../abi/bytes";
import { cleaned } from "../../abi/cleaned";
import { utf8 } from "../../abi/wire";
import { AnyCall } from "../../callout/any-call";
import { GrpcCall } from "../../callout/grpc-call";
import { CallResponse } from "../../callout/response";
import { group, text } from "../../config/reader";
import { integer } from "../../host/property-values";
import { Exchange } from "../../http/exchange";
import { ProtoWriter } from "../../proto/writer";
import { Authority } from "./authority";
import { readAnswer } from "./check-response";
import { bytesAt } from "./enforce";
import { Said, hostOf, principal, property, wholeValue } from "./facts";
import { withParameter } from "./query";
import { Order, OrderCursor } from "./ruling";
import { HeaderNames, milliseconds } from "./settings";

/** Where a gRPC service is. */
export class EnvoyGrpc {
  /** Cluster to call. */
  cluster_name: string = text(utf8("cluster_name"));
  /** By which host name it is addressed; the cluster's name unless given. */
  authority: string = text(utf8("authority"), "");
}

/** An authority that offers `envoy.service.auth.v3.Authorization`. */
export class GrpcService extends Authority {
  /** Where the authority is. */
  envoy_grpc: EnvoyGrpc = group<EnvoyGrpc>(utf8("envoy_grpc"));
  /** How long the authority may take to answer, up to `10s`. */
  timeout: string = text(utf8("timeout"), "0.2s");

  /** Which of the client's headers it may see. Set by the filter. */
  allowed: HeaderNames = changetype<HeaderNames>(0);
  disallowed: HeaderNames = changetype<HeaderNames>(0);

  constructor() {
    super();
    this.within = milliseconds(utf8("timeout"), this.timeout, 10);
  }

  sends(name: Bytes): bool {
    return (this.allowed.isEmpty || this.allowed.hold(name)) && !this.disallowed.hold(name);
  }

  ask(x: Exchange, body: Bytes, isPartial: bool): AnyCall {
    const request = message()
      .nested(1, time(x.request.time))
      .nested(2, this.http(x, body, isPartial));
    const attributes = message().nested(1, source()).nested(2, destination()).nested(4, request);
    const question = message().nested(1, attributes).bytes;
    const call = new GrpcCall(
      this.envoy_grpc.cluster_name,
      "envoy.service.auth.v3.Authorization",
      "Check",
      question,
    );
    return call.within(this.within).authority(this.envoy_grpc.authority);
  }

  read(response: CallResponse): Bytes {
    return readAnswer(response.ok ? response.body : Bytes.view(0, 0));
  }

  override changeQuery(x: Exchange, orders: OrderCursor): void {
    const path = Said.first(x.request.headers, ":path");
    const sets = orders.kind == Order.SetParameter;
    x.request.headers.setBytes(
      ":path",
      withParameter(path, bytesAt(orders.name), bytesAt(orders.value), sets),
    );
  }

  private http(x: Exchange, body: Bytes, isPartial: bool): ProtoWriter {
    const headers = x.request.headers;
    const http = message();
    const lines = headers.entries();
    while (lines.next()) {
      const value = this.sends(lines.nameBytes) ? wholeValue(headers, lines) : null;
      if (value !== null) http.nested(3, message().data(1, lines.nameBytes).data(2, cleaned(value)));
    }
    if (body.length > 0) {
      const partial = bytesAt(isPartial ? utf8("true") : utf8("false"));
      http.nested(
        3,
        message()
          .data(1, bytesAt(utf8("x-envoy-auth-partial-body")))
          .data(2, partial),
      );
    }
    http.data(1, cleaned(Said.first(headers, "x-request-id")));
    http.data(2, Said.first(headers, ":method"));
    http.data(4, cleaned(Said.first(headers, ":path")));
    http.data(5, cleaned(Said.first(headers, ":authority")));
    http.data(6, Said.first(headers, ":scheme"));
    http.varint(9, integer(utf8("request.size")));
    http.data(10, property(utf8("request.protocol")));
    if (body.length > 0 && this.seesBytes) http.data(12, body);
    else if (body.length > 0) http.data(11, cleaned(body));
    return http;
  }
}

function message(): ProtoWriter {
  return ProtoWriter.begin();
}

function time(nanoseconds: u64): ProtoWriter {
  return message()
    .varint(1, nanoseconds / 1_000_000_000)
    .varint(2, nanoseconds % 1_000_000_000);
}

function source(): ProtoWriter {
  const name = principal(
    utf8("connection.uri_san_peer_certificate"),
    utf8("connection.subject_peer_certificate"),
  );
  return peer(property(utf8("source.address")), integer(utf8("source.port")), name);
}

function destination(): ProtoWriter {
  const name = principal(
    utf8("connection.uri_san_local_certificate"),
    utf8("connection.subject_local_certificate"),
  );
  return peer(property(utf8("destination.address")), integer(utf8("destination.port")), name);
}

function peer(address: Bytes, port: u64, principal: Bytes): ProtoWriter {
  const socket = message().data(2, hostOf(address)).varint(3, port);
  const peer = message().nested(1, message().nested(1, socket));
  return principal.length > 0 ? peer.data(4, cleaned(principal)) : peer;
}

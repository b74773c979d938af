import { proxy_send_local_response } from "../abi/env";
import { Status } from "../abi/enums";
import { hostRefused } from "../abi/line";
import { listSize, pairList } from "../abi/pair-list";
import { forbidden, nameOf, sizeOf, utf8, valueOf } from "../abi/wire";

/**
 * An answer that the proxy gives in place of the upstream:
 * `x.respond(new Reply(429).header("retry-after", "1").text("slow down\n").because("rate_limited"))`.
 * To a gRPC request the host turns it into a gRPC status by itself.
 */
export class Reply {
  private fields: string[] = [];
  private body: string = "";
  private details: string = "";
  private grpcStatus: i32 = -1;

  /** `status` is an HTTP status code, 200–599. */
  constructor(private status: u32) {}

  /** Adds a header line. One that HTTP forbids is left out, with a line in the log. */
  header(name: string, value: string): Reply {
    const sound = nameOf(name) != 0 && valueOf(value) != 0;
    if (!sound) forbidden(utf8(name));
    if (sound) this.fields.push(name);
    if (sound) this.fields.push(value);
    return this;
  }

  /** The body, sent as UTF-8 with `content-type: text/plain` unless a header says otherwise. */
  text(body: string): Reply {
    this.body = body;
    return this;
  }

  /** The reason that access logs show as response code details; the client does not see it. */
  because(details: string): Reply {
    this.details = details;
    return this;
  }

  /** The status (0–16) that a gRPC client gets in place of the one derived from the HTTP status. */
  grpc(status: i32): Reply {
    this.grpcStatus = status;
    return this;
  }

  /** Hands the reply to the host. For the library's own use: authors call `x.respond(reply)`. */
  send(): void {
    const list = pairList(this.fields);
    sendReply(this.status, utf8(this.body), utf8(this.details), list, listSize, this.grpcStatus);
  }
}

/** The four bytes of an empty pair list: some hosts cannot take none at all. */
const NO_HEADERS = memory.data<u32>([0]);

/** Sends a reply of encoded texts without headers of its own. */
export function sendPlainReply(status: u32, body: usize, details: usize): void {
  sendReply(status, body, details, NO_HEADERS, 4, -1);
}

/** Sends a reply of encoded texts; `list` is a pair list. */
export function sendReply(
  status: u32,
  body: usize,
  details: usize,
  list: usize,
  listSize: usize,
  grpcStatus: i32,
): void {
  const result = proxy_send_local_response(
    status,
    details,
    sizeOf(details),
    body,
    sizeOf(body),
    list,
    listSize,
    grpcStatus,
  );
  if (result != Status.Ok) hostRefused(utf8("proxy_send_local_response"), result);
}

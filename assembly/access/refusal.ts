import { take } from "../abi/arena";
import { BytesBuilder } from "../abi/builder";
import { Bytes } from "../abi/bytes";
import { encodedPairList, listSize } from "../abi/pair-list";
import { sizeOf, utf8, valueOf } from "../abi/wire";
import { choice } from "../config/reader";
import { Exchange } from "../http/exchange";
import { Action } from "../stream/action";

/** Addresses of the reply's header names and values. */
const FIELDS = memory.data(16, 4);

/** How refused clients are told. */
export class Refusal {
  /** `TEXT`: a line of text. `PROBLEM_JSON`: an object of the kind `application/problem+json` (RFC 9457). */
  body_format: string = choice(utf8("body_format"), ["TEXT", "PROBLEM_JSON"], "TEXT");

  private tellsProblems: bool = this.body_format == "PROBLEM_JSON";

  /**
   * Answers in the upstream's place. `says` is for the client, one line; `reason` is what access logs show as the
   * response code details. A challenge (RFC 9110 section 11.6.1) says how to come back; it is made when the filter is
   * configured, not now. A gRPC client gets the status that the proxy derives from the HTTP status, with `says` as its
   * message, in either format. Nothing is allocated.
   */
  @inline
  answer(x: Exchange, status: u32, says: string, reason: string, challenge: string = ""): Action {
    return this.send(x, status, utf8(says), utf8(reason), valueOf(challenge));
  }

  private send(x: Exchange, status: u32, says: usize, reason: usize, challenge: usize): Action {
    let fields: u32 = 0;
    if (challenge != 0 && sizeOf(challenge) > 0) fields = addField(0, utf8("www-authenticate"), challenge);
    let body = says;
    if (!isGrpc(x)) {
      body = this.tellsProblems ? problem(status, says) : line(says);
      if (this.tellsProblems)
        fields = addField(fields, utf8("content-type"), utf8("application/problem+json"));
    }
    const list = encodedPairList(FIELDS, fields);
    return x.respondEncoded(status, body, reason, list, listSize);
  }
}

function addField(count: u32, name: usize, value: usize): u32 {
  const at = FIELDS + ((<usize>count) << 2);
  store<u32>(at, <u32>name);
  store<u32>(at, <u32>value, 4);
  return count + 2;
}

/** What the proxy takes for gRPC: it sends the body of its answer as the message of a status, in a header. */
function isGrpc(x: Exchange): bool {
  const kind = x.inRequest ? x.request.headers.getBytes("content-type") : null;
  return kind !== null && kind.startsWith("application/grpc") && (kind.length == 16 || kind.at(16) == 0x2b);
}

function line(says: usize): usize {
  return BytesBuilder.begin().addEncoded(says).addEncoded(utf8("\n")).encoded;
}

function problem(status: u32, says: usize): usize {
  const json = BytesBuilder.begin()
    .addEncoded(utf8('{"type":"about:blank","title":"'))
    .addEncoded(titleOf(status))
    .addEncoded(utf8('","status":'))
    .addInteger(status)
    .addEncoded(utf8(',"detail":"'));
  return json.add(escaped(says)).addEncoded(utf8('"}\n')).encoded;
}

/** As JSON wants it within quotes. What is one line has no control characters, so a blank will do for them. */
function escaped(line: usize): Bytes {
  const start = take(<usize>sizeOf(line) * 2);
  let to = start;
  for (let at = line, end = line + sizeOf(line); at < end; ++at) {
    const byte = load<u8>(at);
    if (byte == 0x22 || byte == 0x5c) store<u8>(to++, 0x5c);
    store<u8>(to++, byte < 0x20 ? 0x20 : byte);
  }
  return Bytes.view(start, to - start);
}

/** A problem without a type of its own is called after its status (RFC 9457 section 4.2.1). */
function titleOf(status: u32): usize {
  if (status == 400) return utf8("Bad Request");
  if (status == 401) return utf8("Unauthorized");
  if (status == 403) return utf8("Forbidden");
  if (status == 413) return utf8("Content Too Large");
  if (status == 429) return utf8("Too Many Requests");
  if (status == 503) return utf8("Service Unavailable");
  return status < 500 ? utf8("Client Error") : utf8("Server Error");
}

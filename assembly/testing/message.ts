import {
  Handle,
  message_body,
  message_header,
  message_header_bytes,
  message_new,
  message_trailer,
} from "./harness";

/** A request or an answer. Its methods return the message itself, to be written in a row. */
export abstract class Message {
  /** For the harness. */
  readonly handle: Handle = message_new();

  /**
   * Adds a header line; a name may come again. A character U+DC80–U+DCFF stands for the single byte 0x80–0xFF, so a
   * value may hold what is not UTF-8. A pseudo-header (`:authority`) replaces the one that is there.
   */
  header(name: string, value: string): Message {
    message_header(this.handle, name, value);
    return this;
  }

  /** Adds a header line whose value is exactly these bytes. */
  headerBytes(name: string, value: Uint8Array): Message {
    message_header_bytes(this.handle, name, value.dataStart, value.length);
    return this;
  }

  /** Adds to the body, in a chunk of its own. */
  body(text: string): Message {
    message_body(this.handle, text);
    return this;
  }

  /** Adds a trailer line. */
  trailer(name: string, value: string): Message {
    message_trailer(this.handle, name, value);
    return this;
  }
}

/** A request as a client sends it: `new Request("POST", "/orders").header("x-api-key", "k1").body("…")`. */
export class Request extends Message {
  /** Authority is `example.com` and scheme `http` unless headers say otherwise. */
  constructor(method: string = "GET", path: string = "/") {
    super();
    this.header(":method", method).header(":path", path);
    this.header(":authority", "example.com").header(":scheme", "http");
  }
}

/** What the upstream answers: `new Answer(404).header("server", "shop").body("no such order\n")`. */
export class Answer extends Message {
  constructor(status: i32 = 200) {
    super();
    this.header(":status", status.toString());
  }
}

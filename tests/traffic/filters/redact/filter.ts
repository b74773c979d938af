import { Action, Bytes, Chunk, Exchange, HttpFilter, config, register } from "meshscript/assembly";

/** Replaces a word in bodies that pass, wherever the network cuts them. */
class Redact extends HttpFilter {
  word: string = config.text("word");

  override onRequest(x: Exchange): Action {
    return x.rewriteRequest();
  }

  override onRequestChunk(x: Exchange, chunk: Chunk): void {
    this.redact(chunk);
  }

  override onResponse(x: Exchange): Action {
    return x.rewriteResponse();
  }

  override onResponseChunk(x: Exchange, chunk: Chunk): void {
    this.redact(chunk);
  }

  private redact(chunk: Chunk): void {
    const kept = chunk.last ? 0 : this.beginning(chunk.bytes);
    const text = chunk.bytes.slice(0, chunk.bytes.length - kept).toString();
    chunk.keep(kept);
    if (text.includes(this.word)) chunk.replace(text.split(this.word).join("[redacted]"));
  }

  /** How many bytes at the end may be the beginning of the word. */
  private beginning(bytes: Bytes): i32 {
    for (let length = min(this.word.length - 1, bytes.length); length > 0; --length) {
      if (bytes.slice(bytes.length - length).equals(this.word.slice(0, length))) return length;
    }
    return 0;
  }
}

register<Redact>();

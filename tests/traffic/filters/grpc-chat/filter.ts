import { Action, Bytes, Exchange, GrpcStream, Headers, HttpFilter, log, register } from "meshscript/assembly";

class Talk extends GrpcStream {
  heard: string = "";

  constructor(private x: Talking) {
    super("chat", "acme.Chat", "Talk");
  }

  override onInitialMetadata(metadata: Headers): void {
    const room = metadata.get("x-room");
    if (room !== null) this.heard += room + ":";
  }

  override onMessage(message: Bytes): void {
    this.heard += message.toString() + ";";
    if (message.equals("enough")) {
      this.cancel();
      this.x.request.headers.set("x-heard", this.heard);
      this.x.resume();
    }
  }

  override onTrailingMetadata(metadata: Headers): void {
    if (metadata.has("x-end")) this.heard += "end;";
  }

  override onClose(status: i32, message: string): void {
    log.info("closed " + status.toString() + " " + message);
    if (status != 0) this.x.reply(502, "chat broke off\n");
    else {
      this.x.request.headers.set("x-heard", this.heard);
      this.x.resume();
    }
  }
}

class Talking extends Exchange {
  talk: Talk | null = null;
}

/** Talks to a gRPC service while the request waits. */
class GrpcChat extends HttpFilter<Talking> {
  override onRequest(x: Talking): Action {
    const talk = new Talk(x);
    if (!x.open(talk)) return x.reply(503, "no chat\n");
    x.talk = talk;
    talk.send(Bytes.ofText("hello"));
    if (x.request.headers.has("x-close")) talk.close();
    else talk.send(Bytes.ofText("bye"), true);
    return Action.Pause;
  }
}

register<GrpcChat>();

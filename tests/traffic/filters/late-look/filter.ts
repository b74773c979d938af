import { Exchange, HttpFilter, log, register } from "meshscript/assembly";

/** Tells at the end of an exchange what can still be seen of it. */
class LateLook extends HttpFilter {
  override onLog(x: Exchange): void {
    const path = x.request.path;
    const status = x.response.status.toString();
    const sum = x.response.trailers.get("x-sum");
    log.info("over: " + path + " " + status + " " + (sum === null ? "none" : sum));
    if (!x.request.headers.set("x-late", "1")) log.info("nothing can be changed any more");
  }

  override onEnd(x: Exchange): void {
    log.info("ended");
  }
}

register<LateLook>();

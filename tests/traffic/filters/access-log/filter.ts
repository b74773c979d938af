import { Counter, Exchange, HttpFilter, config, log, register } from "meshscript/assembly";

/** What it keeps of a stream there is none of where it serves as access logger. */
class Noted extends Exchange {
  requests: i32 = 0;
}

/** Writes an access log. */
class AccessLog extends HttpFilter<Noted> {
  prefix: string = config.text("prefix", "access");
  lines: Counter = new Counter("access_log_lines", ["status"]);

  override onLog(x: Noted): void {
    const status = x.response.code.toString();
    this.lines.with([status]).increment();
    const duration = (x.request.duration > 0).toString();
    log.info(
      [this.prefix, x.request.method, x.request.path, status, x.requests.toString(), duration].join(" "),
    );
  }
}

register<AccessLog>();

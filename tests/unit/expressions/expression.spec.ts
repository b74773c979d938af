import { Action, Exchange, Expression, HttpFilter, config, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Conditional extends HttpFilter {
  when: Expression = config.expression("when", "request.method == 'GET'");
  show: Expression = config.expression("show", "");

  override onRequest(x: Exchange): Action {
    const shown = this.show.text();
    const bytes = this.show.bytes();
    x.request.headers.set("x-when", this.when.test().toString());
    x.request.headers.set("x-show", shown === null ? "none" : shown);
    x.request.headers.set("x-size", bytes === null ? "none" : bytes.length.toString());
    return Action.Continue;
  }
}

register<Conditional>();

function upstream(configuration: string, header: string): string | null {
  const trial = new Trial(configuration);
  const seen = trial.get("/a").upstreamHeader(header);
  trial.remove();
  return seen;
}

describe("an expression", () => {
  test("is evaluated for the stream at hand", () => {
    expect(upstream("", "x-when")).toBe("true");
    expect(upstream(`{"when":"request.path == '/b'"}`, "x-when")).toBe("false");
  });

  test("has a value as text and as bytes", () => {
    expect(upstream(`{"show":"request.path"}`, "x-show")).toBe("/a");
    expect(upstream(`{"show":"request.size"}`, "x-size")).toBe("8");
  });

  test("that cannot be evaluated holds for nothing and has no value", () => {
    expect(upstream(`{"when":"request.headers['x-none'] == 'a'"}`, "x-when")).toBe("false");
    expect(upstream("", "x-show")).toBe("none");
    expect(upstream("", "x-size")).toBe("none");
  });

  test("that does not compile refuses the configuration, with the setting's path", () => {
    const trial = new Trial(`{"when":"request.path ==","show":"1"}`);
    expect(trial.accepted).toBe(false);
    expect(trial.problems).toStrictEqual(["when: not an expression in CEL"]);
  });

  test("is the host's no more once its plugin is gone", () => {
    const first = new Trial(`{"show":"'first'"}`);
    const second = new Trial(`{"show":"'second'"}`);
    first.remove();
    expect(second.get("/").upstreamHeader("x-show")).toBe("second");
    second.reconfigure(`{"show":"'third'"}`);
    expect(second.get("/").upstreamHeader("x-show")).toBe("third");
    second.remove();
  });
});

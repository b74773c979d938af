import { Action, Bytes, Exchange, HttpFilter, config, plugin, register } from "meshscript/assembly";
import {
  proxy_on_delete,
  proxy_on_done,
  proxy_on_foreign_function,
  proxy_on_log,
} from "meshscript/assembly/entry";
import { context } from "meshscript/assembly/stream/turn";
import { Request, Trial } from "meshscript/assembly/testing";

class Kept extends Exchange {
  name: string = "";
}

class Named extends HttpFilter<Kept> {
  name: string = config.text("name", "none");
  patient: bool = config.flag("patient");

  override onConfigure(): void {
    root = context;
  }

  override onRequest(x: Kept): Action {
    x.name = this.name;
    x.request.headers.set("x-name", this.name);
    return Action.Continue;
  }

  override onTick(): void {
    allowed = plugin.done();
  }

  override onDone(): bool {
    dones.push(this.name);
    return !this.patient;
  }

  override onLog(x: Kept): void {
    logged.push(this.name + ":" + x.name);
  }

  override onForeignCall(id: u32, argument: Bytes): void {
    called = this.name + " " + id.toString() + " " + argument.length.toString();
  }
}

register<Named>();

/** Static memory that nobody else writes to. */
const GUARD = memory.data(8, 8);

let root: u32 = 0;
let allowed: bool = false;
let called: string = "";
const dones: string[] = [];
const logged: string[] = [];

describe("a plugin's configuration", () => {
  test("arrives whole, without a root_id too, and its size is not taken for an address", () => {
    const configuration = '{"name":"entire"}';
    const padded = configuration + " ".repeat(<i32>GUARD - configuration.length);
    store<u64>(GUARD, 0x1122334455667788);
    expect(new Trial(padded).get("/").upstreamHeader("x-name")).toBe("entire");
    expect(load<u64>(GUARD)).toBe(0x1122334455667788);
  });

  test("belongs to its own streams, however many plugins share the VM", () => {
    const one = new Trial('{"name":"one"}');
    const two = new Trial('{"name":"two"}');
    expect(one.get("/").upstreamHeader("x-name")).toBe("one");
    expect(two.get("/").upstreamHeader("x-name")).toBe("two");
    expect(one.get("/").upstreamHeader("x-name")).toBe("one");
  });

  test("is that of the module's only filter, whatever root_id the proxy names", () => {
    expect(new Trial('{"name":"x"}', "some-other-root").get("/").upstreamHeader("x-name")).toBe("x");
  });
});

describe("the end of a plugin", () => {
  test("neither traps nor takes other plugins with it", () => {
    const one = new Trial('{"name":"going"}');
    const other = new Trial('{"name":"staying"}');
    dones.length = 0;
    one.remove();
    expect(dones).toStrictEqual(["going"]);
    expect(other.get("/").upstreamHeader("x-name")).toBe("staying");
  });

  test("is nothing that a context which nobody knows could make trap", () => {
    expect(proxy_on_done(987_654)).toBe(1);
    proxy_on_delete(987_654);
    proxy_on_log(987_654);
  });

  test("comes, where it was put off, when the plugin tells the proxy so", () => {
    const trial = new Trial('{"name":"patient","patient":true}');
    trial.remove();
    expect(allowed).toBe(false);
    trial.tick();
    expect(allowed).toBe(true);
  });

  test("leaves open streams their filter", () => {
    const trial = new Trial('{"name":"old"}');
    const open = trial.open(new Request());
    trial.reconfigure('{"name":"new"}');
    open.finish();
    expect(logged[logged.length - 1]).toBe("old:old");
  });
});

describe("the access log", () => {
  test("may be written by a plugin without a stream", () => {
    new Trial('{"name":"logger"}');
    proxy_on_log(root);
    expect(logged[logged.length - 1]).toBe("logger:");
  });
});

describe("a function of the module", () => {
  test("that the proxy calls is the plugin's", () => {
    const trial = new Trial('{"name":"callee"}');
    proxy_on_foreign_function(root, 7, 0);
    expect(called).toBe("callee 7 0");
    trial.callForeign(9, "four");
    expect(called).toBe("callee 9 4");
  });
});

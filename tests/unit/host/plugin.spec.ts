import { Action, Exchange, HttpFilter, config, plugin, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Named extends HttpFilter {
  period: i64 = config.integer("period", 0);
  patient: bool = config.flag("patient");

  override onConfigure(): void {
    name = plugin.name();
    vmConfiguration = plugin.vmConfiguration();
    if (this.period > 0) plugin.tickEvery(<u32>this.period);
  }

  override onTick(): void {
    ++ticks;
    if (ending) plugin.done();
    if (ticks == 3) plugin.tickEvery(0);
  }

  override onDone(): bool {
    ++dones;
    ending = this.patient;
    return !this.patient;
  }

  override onEnd(x: Exchange): void {
    ++ends;
  }
}

register<Named>();

let name: string = "";
let vmConfiguration: string = "";
let ticks: i32 = 0;
let dones: i32 = 0;
let ends: i32 = 0;
let ending: bool = false;

test("a plugin knows the name that the proxy's configuration gives it", () => {
  new Trial();
  expect(name).toBe("trial-0");
});

describe("the VM's configuration", () => {
  test("is empty where there is none", () => {
    new Trial();
    expect(vmConfiguration).toBe("");
  });

  test("is what the proxy hands to all plugins of the VM", () => {
    Trial.vmConfiguration("zone=ä");
    new Trial();
    expect(vmConfiguration).toBe("zone=ä");
  });
});

describe("a plugin's timer", () => {
  test("is set and ended by the plugin", () => {
    const trial = new Trial('{"period":250}');
    expect(trial.tickPeriod).toBe(250);
    ticks = 0;
    for (let i = 0; i < 3; ++i) trial.tick();
    expect(ticks).toBe(3);
    expect(trial.tickPeriod).toBe(0);
  });

  test("is not there unless it was set", () => {
    expect(new Trial().tickPeriod).toBe(0);
  });
});

describe("the end of a plugin", () => {
  test("is told to it once, and not for the end of an exchange", () => {
    dones = ends = 0;
    const trial = new Trial();
    trial.get("/");
    expect(ends).toBe(1);
    expect(dones).toBe(0);
    trial.remove();
    expect(dones).toBe(1);
    expect(ends).toBe(1);
  });

  test("waits for a plugin that needs time", () => {
    dones = 0;
    const trial = new Trial('{"patient":true,"period":10}');
    trial.remove();
    expect(dones).toBe(1);
    ticks = 0;
    trial.tick();
    expect(ticks).toBe(1);
    expect(trial.tickPeriod).toBe(0);
    expect(trial.logs().length).toBe(0);
  });

  test("that nobody waits for cannot be allowed", () => {
    const trial = new Trial();
    ending = true;
    trial.tick();
    expect(trial.logs()[0].text).toBe("proxy_done: status 1");
    ending = false;
  });
});

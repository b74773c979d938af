import { Action, Exchange, HttpFilter, config, log, plugin, register, vm } from "meshscript/assembly";

let startedIn: string = "never";

vm.onStart((): void => {
  startedIn = plugin.vmConfiguration();
});

/** Works in the background from its start on, until a request has come. */
class Ticking extends HttpFilter {
  every: i64 = config.integer("every", 20);
  asked: bool = false;
  stopped: bool = false;

  override onConfigure(): void {
    plugin.tickEvery(<u32>this.every);
  }

  override onTick(): void {
    if (this.stopped) log.error("ticked on");
    if (!this.asked) return;
    this.stopped = plugin.tickEvery(0);
    log.info("worked in the background");
  }

  override onRequest(x: Exchange): Action {
    this.asked = true;
    return x.reply(200, this.stopped ? "stopped" : plugin.name() + " in " + startedIn);
  }
}

register<Ticking>();

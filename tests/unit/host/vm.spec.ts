import { Exchange, HttpFilter, log, plugin, register, vm } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

let zone: string = "nowhere";

class Waiting extends HttpFilter {
  zone: string = zone;

  override onConfigure(): void {
    log.info("configured in " + this.zone);
  }
}

vm.onStart((): void => {
  zone = plugin.vmConfiguration();
});

register<Waiting>();

test("what belongs to the start of the VM runs before any plugin is configured", () => {
  Trial.vmConfiguration("north");
  expect(new Trial().logs()[0].text).toBe("configured in north");
});

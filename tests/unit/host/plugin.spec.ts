import { Exchange, HttpFilter, plugin, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Named extends HttpFilter {
  override onConfigure(): void {
    name = plugin.name();
  }
}

register<Named>();

let name: string = "";

test("a plugin knows the name that the proxy's configuration gives it", () => {
  new Trial();
  expect(name).toBe("trial-0");
});

import { Exchange, HttpFilter, register } from "meshscript/assembly";
import { environment } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Reader extends HttpFilter {
  found: string =
    shown("NAME") + "|" + shown("EMPTY") + "|" + shown("NAM") + "|" + shown("OTHER") + "|" + shown("");

  override onConfigure(): void {
    found = this.found;
  }
}

register<Reader>();

let found: string = "";

function shown(name: string): string {
  const value = environment.get(name);
  return value === null ? "absent" : value;
}

describe("an environment variable", () => {
  test("is absent where the host shows none", () => {
    expect(new Trial().accepted).toBe(true);
    expect(found).toBe("absent|absent|absent|absent|absent");
  });

  test("is found by its whole name, empty or not", () => {
    Trial.environment("NAME", "a=ä");
    Trial.environment("EMPTY", "");
    new Trial();
    expect(found).toBe("a=ä||absent|absent|absent");
  });
});

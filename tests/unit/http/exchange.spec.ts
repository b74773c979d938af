import { Action, Exchange } from "meshscript/assembly";
import { Request } from "meshscript/assembly/testing";
import { newLines, onBoth, onRequest, trial } from "./probe";

describe("a property", () => {
  test("is read by its path", () => {
    trial().property("source.address", "192.0.2.1");
    trial().property("source.port", "1234");
    trial().property("xds.route_name", "to-shop");
    const seen = onRequest((x: Exchange): Action => {
      expect(x.property("source.address")).toBe("192.0.2.1:1234");
      expect(x.property("xds.route_name")).toBe("to-shop");
      expect(x.propertyBytes("source.port")!.length).toBe(8);
      expect(x.property("no.such.property")).toBeNull();
      expect(x.propertyBytes("") === null).toBe(true);
      return Action.Continue;
    }, new Request());
    expect(seen.status).toBe(200);
  });

  test("may be a whole number", () => {
    trial().property("destination.port", "8443");
    onRequest((x: Exchange): Action => {
      expect(x.propertyInteger("destination.port")).toBe(8443);
      expect(x.propertyInteger("no.such.number", -1)).toBe(-1);
      expect(x.propertyInteger("source.address", 7)).toBe(7, "a text is no number");
      return Action.Continue;
    }, new Request());
  });
});

test("an exchange knows on which side it is", () => {
  onBoth(
    (x: Exchange): Action => {
      expect(x.inRequest).toBe(true);
      return Action.Continue;
    },
    (x: Exchange): Action => {
      expect(x.inRequest).toBe(false);
      return Action.Continue;
    },
  );
});

describe("what is remembered", () => {
  test("is there in the response, and for other filters", () => {
    const seen = onBoth(
      (x: Exchange): Action => {
        expect(x.recall("user")).toBeNull();
        expect(x.remember("user", "alice ä")).toBe(true);
        expect(x.remember("shop.tenant", "")).toBe(true);
        return Action.Continue;
      },
      (x: Exchange): Action => {
        expect(x.recall("user")).toBe("alice ä");
        expect(x.recall("shop.tenant")).toBe("");
        return Action.Continue;
      },
    );
    expect(seen.remembered("user")).toBe("alice ä");
    expect(seen.remembered("shop.tenant")).toBe("");
  });

  test("is gone with the exchange", () => {
    onRequest((x: Exchange): Action => {
      expect(x.recall("user")).toBeNull();
      return Action.Continue;
    }, new Request());
  });

  test("may hold what is not UTF-8", () => {
    const seen = onRequest((x: Exchange): Action => {
      x.remember("odd", "a\udcff");
      x.rememberBytes("bytes", x.recallBytes("odd")!);
      expect(x.filterState("wasm.odd")).toBe("a\udcff");
      expect(x.filterStateBytes("wasm.bytes")!.length).toBe(2);
      expect(x.filterState("odd")).toBeNull();
      return Action.Continue;
    }, new Request());
    expect(seen.remembered("odd")).toBe("a\udcff");
  });
});

test("nothing of this writes to the log", () => {
  expect(newLines()).toStrictEqual([]);
});

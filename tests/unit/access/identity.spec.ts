import { Action, Exchange, identity } from "meshscript/assembly";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { onRequest } from "../http/probe";

describe("an identity", () => {
  test("is unknown until a filter remembers one", () => {
    onRequest((x: Exchange): Action => {
      expect(identity.consumerOf(x)).toBeNull();
      expect(identity.claimsOf(x)).toBeNull();
      return Action.Continue;
    });
  });

  test("is what was remembered last", () => {
    const seen = onRequest((x: Exchange): Action => {
      identity.remember(x, "alice");
      identity.remember(x, "jürgen");
      identity.rememberClaims(x, Bytes.ofText(`{"sub":"j"}`));
      expect(identity.consumerOf(x)!.toString()).toBe("jürgen");
      expect(identity.claimsOf(x)!.toString()).toBe(`{"sub":"j"}`);
      return Action.Continue;
    });
    expect(seen.remembered("meshscript.consumer")).toBe("jürgen");
    expect(seen.remembered("meshscript.claims")).toBe(`{"sub":"j"}`);
  });

  test("ends with its request", () => {
    onRequest((x: Exchange): Action => {
      expect(identity.consumerOf(x)).toBeNull();
      return Action.Continue;
    });
  });

  test("may be empty, which is not none", () => {
    onRequest((x: Exchange): Action => {
      identity.remember(x, "");
      expect(identity.consumerOf(x)).not.toBeNull();
      return Action.Continue;
    });
  });
});

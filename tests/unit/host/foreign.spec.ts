import { Bytes, Exchange, ForeignStatus, HttpFilter, foreign, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

let calls: u32[] = [];
let sizes: i32[] = [];

class Called extends HttpFilter {
  override onForeignCall(id: u32, argument: Bytes): void {
    calls.push(id);
    sizes.push(argument.length);
  }
}

register<Called>();

describe("a function of the host", () => {
  test("that does not exist is not found", () => {
    expect(foreign.call("no_such_function", Bytes.ofText("x")) === null).toBe(true);
    expect(foreign.status).toBe(ForeignStatus.NotFound);
  });

  test("returns bytes", () => {
    const packed = foreign.call("compress", Bytes.ofText("hello hello hello"));
    expect(packed!.length).toBe(16);
    expect(foreign.status).toBe(ForeignStatus.Ok);
    expect(foreign.call("uncompress", packed!)!.toString()).toBe("hello hello hello");
  });

  test("says that it does not take an argument, or that something in it is wrong", () => {
    expect(foreign.call("verify_signature", Bytes.ofText("\x07")) === null).toBe(true);
    expect(foreign.status).toBe(ForeignStatus.BadArgument);
    expect(foreign.call("uncompress", Bytes.ofText("no zlib")) === null).toBe(true);
    expect(foreign.status).toBe(ForeignStatus.Failed);
  });
});

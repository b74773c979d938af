// switch: MESHSCRIPT_BUILT=1
import "meshscript/assembly/testing";
import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";
import {
  proxy_on_configure,
  proxy_on_context_create,
  proxy_on_delete,
  proxy_on_request_headers,
  proxy_on_response_headers,
} from "meshscript/assembly/entry";

// What a host does that withholds proxy_on_context_create: nothing tells the streams of two plugins apart.

let served: i32 = 0;

class Plain extends HttpFilter {
  name: string = config.text("name", "plain");

  override onRequest(x: Exchange): Action {
    ++served;
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    ++served;
    return Action.Continue;
  }
}

register<Plain>();

describe("without word of new streams", () => {
  test("there is no filter before a configuration", () => {
    expect<i32>(proxy_on_request_headers(5, 0, 1)).toBe(Action.Pause);
    expect(served).toBe(0);
  });

  test("one plugin serves them all", () => {
    expect(proxy_on_configure(1, 0)).toBe(1);
    expect<i32>(proxy_on_request_headers(6, 0, 1)).toBe(Action.Continue);
    expect<i32>(proxy_on_response_headers(6, 0, 1)).toBe(Action.Continue);
    expect(served).toBe(2);
    proxy_on_delete(6);
  });

  test("a second plugin is accepted, and nothing passes any more", () => {
    served = 0;
    expect(proxy_on_configure(2, 0)).toBe(1);
    expect<i32>(proxy_on_request_headers(7, 0, 1)).toBe(Action.Pause);
    expect<i32>(proxy_on_response_headers(7, 0, 1)).toBe(Action.Continue, "its own refusal passes");
    expect<i32>(proxy_on_response_headers(8, 0, 1)).toBe(Action.Pause, "any other response does not");
    expect(served).toBe(0);
  });

  test("once it is gone the first one serves again", () => {
    proxy_on_delete(2);
    expect<i32>(proxy_on_request_headers(9, 0, 1)).toBe(Action.Continue);
  });
});

describe("with word of them", () => {
  test("a stream that was never announced is refused", () => {
    proxy_on_context_create(20, 1);
    expect<i32>(proxy_on_request_headers(20, 0, 1)).toBe(Action.Continue);
    expect<i32>(proxy_on_request_headers(21, 0, 1)).toBe(Action.Pause);
    proxy_on_delete(20);
    expect<i32>(proxy_on_request_headers(20, 0, 1)).toBe(Action.Pause);
  });

  test("a stream of a root without a plugin is refused", () => {
    proxy_on_context_create(30, 99);
    expect<i32>(proxy_on_request_headers(30, 0, 1)).toBe(Action.Pause);
    proxy_on_delete(30);
  });
});

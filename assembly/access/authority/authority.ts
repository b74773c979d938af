import { Bytes } from "../../abi/bytes";
import { sameBytes } from "../../abi/compare";
import { sizeOf, utf8 } from "../../abi/wire";
import { AnyCall } from "../../callout/any-call";
import { CallResponse } from "../../callout/response";
import { Exchange } from "../../http/exchange";
import { Headers } from "../../http/headers";
import { OrderCursor } from "./ruling";

/** Somebody who is asked whether a request may pass. Its settings stand beside those that all authorities have. */
export abstract class Authority {
  /** Milliseconds that it may take to answer. */
  within: u32 = 0;
  /** Whether it is sent bodies, and then as bytes. */
  seesBodies: bool = false;
  seesBytes: bool = false;

  /** Whether it is sent this header of the client's. */
  abstract sends(name: Bytes): bool;

  /** Takes away headers that it alone may set, where it has its own way to say which. */
  strip(headers: Headers): void {}

  /** The call that asks it. `body` is the request's, or the beginning of it. */
  abstract ask(x: Exchange, body: Bytes, isPartial: bool): AnyCall;

  /** Carries out an order about the query. Those that give none have nothing to do. */
  changeQuery(x: Exchange, orders: OrderCursor): void {}

  /** What it has answered, as a ruling. */
  abstract read(response: CallResponse): Bytes;
}

/** Whether a field is about one connection alone, or routes a message: it is never copied from one to another. */
export function isHop(name: Bytes): bool {
  return (
    name.startsWith(":") ||
    isIn(
      utf8(
        " connection content-length host keep-alive proxy-connection te trailer transfer-encoding upgrade ",
      ),
      name,
    )
  );
}

/** Whether a name stands in a text in which each has a blank in front of it and behind it. */
function isIn(names: usize, name: Bytes): bool {
  const size: usize = name.length;
  const last = names + sizeOf(names) - 1;
  for (let at = names; at + size < last; ++at) {
    if (load<u8>(at) != 0x20 || load<u8>(at + size, 1) != 0x20) continue;
    if (sameBytes(at + 1, name.pointer, size)) return true;
  }
  return false;
}

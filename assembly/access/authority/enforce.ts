import { BytesBuilder } from "../../abi/builder";
import { Bytes } from "../../abi/bytes";
import { isEncoded } from "../../abi/compare";
import { MapType } from "../../abi/enums";
import { encodedPairList, listSize } from "../../abi/pair-list";
import { take } from "../../abi/arena";
import { sizeOf, utf8 } from "../../abi/wire";
import { Exchange } from "../../http/exchange";
import { drop, extendBytes, replaceBytes } from "../../http/headers";
import { find, size, value } from "../../http/maps";
import { Action } from "../../stream/action";
import { Authority } from "./authority";
import { Order, OrderCursor, statusOf } from "./ruling";

// Carries out what an authority has ruled.

/** Changes the request. Whether anything was to be changed. */
export function changeRequest(x: Exchange, ruling: Bytes, authority: Authority): bool {
  let changes = false;
  const orders = OrderCursor.over(ruling);
  while (orders.next()) {
    if (orders.kind >= Order.RespondAdd) continue;
    changes = true;
    if (orders.kind >= Order.SetParameter) authority.changeQuery(x, orders);
    else change(MapType.RequestHeaders, orders.kind, orders.name, bytesAt(orders.value));
  }
  return changes;
}

/** Whether anything is to be done with the response. */
export function concernsResponse(ruling: Bytes): bool {
  const orders = OrderCursor.over(ruling);
  while (orders.next()) if (orders.kind >= Order.RespondAdd) return true;
  return false;
}

/** Whether it is for one client alone: a cookie that it hands out must not be handed to others. */
export function isForOne(ruling: Bytes): bool {
  const orders = OrderCursor.over(ruling);
  while (orders.next()) if (isEncoded(orders.name, sizeOf(orders.name), utf8("set-cookie"))) return true;
  return false;
}

/** Changes the response. */
export function changeResponse(ruling: Bytes): void {
  const orders = OrderCursor.over(ruling);
  while (orders.next())
    if (orders.kind >= Order.RespondAdd)
      change(MapType.ResponseHeaders, orders.kind - Order.RespondAdd, orders.name, bytesAt(orders.value));
}

/** Answers the client. */
export function refuse(x: Exchange, ruling: Bytes): Action {
  let body = utf8("");
  let count: u32 = 0;
  // An order takes more room than the addresses of its name and its value.
  const fields = take(ruling.length);
  const orders = OrderCursor.over(ruling);
  while (orders.next()) {
    if (orders.kind == Order.Body) {
      body = orders.value;
      continue;
    }
    const at = fields + ((<usize>count) << 2);
    store<u32>(at, <u32>orders.name);
    store<u32>(at, <u32>orders.value, 4);
    count += 2;
  }
  const list = encodedPairList(fields, count);
  return x.respondEncoded(statusOf(ruling), body, utf8("ext_authz_denied"), list, listSize);
}

function change(map: MapType, kind: i32, name: usize, text: Bytes): void {
  if (kind == Order.Remove) {
    drop(map, name);
    return;
  }
  const has = kind != Order.Add && kind != Order.Set && find(map, name);
  if (kind == Order.Add) extendBytes(map, name, text);
  else if (kind == Order.Join) {
    if (has) replaceBytes(map, name, joined(Bytes.view(value, size), text));
  } else if (kind == Order.Set || has == (kind == Order.SetIfPresent)) replaceBytes(map, name, text);
}

function joined(one: Bytes, other: Bytes): Bytes {
  return BytesBuilder.begin().add(one).addText(",").add(other).bytes;
}

/** An encoded text as bytes. */
export function bytesAt(text: usize): Bytes {
  return Bytes.view(text, sizeOf(text));
}

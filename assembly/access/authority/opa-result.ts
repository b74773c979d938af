import { Bytes } from "../../abi/bytes";
import { Json } from "../../config/json";
import { isHop } from "./authority";
import { Fate, Order, Ruling } from "./ruling";

// What a rule of OPA's has come to: true or false, or an object that says more. Whatever else it is, and nothing at all,
// denies: a policy that does not say yes has not said so.

/** The answer of the data API as a ruling. */
export function resultIn(body: Bytes): Bytes {
  const ruling = Ruling.begin();
  const answer = Json.read(body);
  if (answer === null) return ruling.end(Fate.Failed);
  const result = answer.get("result");
  if (result === null) return ruling.end(Fate.Denied, 403);
  const isAllowed = result.isTrue || saysYes(result);
  headers(ruling, result.get("headers"), isAllowed ? Order.Set : Order.Add);
  if (!isAllowed) return denied(ruling, result);
  headers(ruling, result.get("response_headers_to_add"), Order.RespondAdd);
  removals(ruling, result.get("request_headers_to_remove"));
  return ruling.end(Fate.Allowed);
}

function denied(ruling: Ruling, result: Json): Bytes {
  const body = result.get("body");
  if (body !== null && body.isText) ruling.put(Order.Body, Bytes.view(0, 0), body.bytes);
  const status = result.get("http_status");
  const code = status === null ? 403 : <i32>status.integer();
  return ruling.end(Fate.Denied, code >= 200 && code < 600 ? code : 403);
}

/** `allowed`, or `allow` where that is not there. */
function saysYes(result: Json): bool {
  const allowed = result.get("allowed");
  const value = allowed === null ? result.get("allow") : allowed;
  return value !== null && value.isTrue;
}

/** An object of names with a text, or a list of texts. */
function headers(ruling: Ruling, object: Json | null, kind: Order): void {
  if (object === null) return;
  if (!object.isObject) ruling.break();
  let name = object.first;
  while (name !== null && object.isObject) {
    const value = name.value;
    if (value.isList) each(ruling, kind, name.bytes, value);
    else one(ruling, kind, name.bytes, value);
    name = value.next;
  }
}

function each(ruling: Ruling, kind: Order, name: Bytes, list: Json): void {
  let item = list.first;
  while (item !== null) {
    one(ruling, kind, name, item);
    // The first one replaces what is there, the others stand beside it.
    if (kind == Order.Set) kind = Order.Add;
    item = item.next;
  }
}

function one(ruling: Ruling, kind: Order, name: Bytes, value: Json): void {
  if (!value.isText || name.length == 0 || isHop(name)) ruling.break();
  else ruling.field(kind, name, value.bytes);
}

function removals(ruling: Ruling, list: Json | null): void {
  if (list === null) return;
  if (!list.isList) ruling.break();
  let item = list.first;
  while (item !== null && list.isList) {
    const name = item.bytes;
    if (name.length == 0 || isHop(name)) ruling.break();
    else ruling.field(Order.Remove, name, Bytes.view(0, 0));
    item = item.next;
  }
}
